package dev.muster.scim.filter;

/**
 * What a filter or path may cost; beyond it the answer is 400. The limits are checked while reading, so that no input, however
 * hostile, is held as more than a token list of {@code maxLength} entries or recursed into deeper than {@code maxDepth}.
 *
 * @param maxLength characters (UTF-16 code units) of the text, 1 to 1,000,000
 * @param maxDepth parentheses, {@code not (…)} and value paths inside each other, 1 to 100; a chain of {@code and} or
 *     {@code or} has no depth of its own
 * @param maxNodes comparisons, presence tests and value paths together, 1 to 10,000
 */
public record FilterLimits(int maxLength, int maxDepth, int maxNodes) {

    /** 4,096 characters, depth 20, 200 nodes. */
    public static final FilterLimits DEFAULT = new FilterLimits(4096, 20, 200);

    public FilterLimits {
        check("maxLength", maxLength, 1_000_000);
        check("maxDepth", maxDepth, 100);
        check("maxNodes", maxNodes, 10_000);
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ": " + value);
        }
    }
}
