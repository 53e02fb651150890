package dev.muster.scim.message;

/**
 * Bounds for JSON that clients send.
 *
 * @param depth levels of nesting; shallow enough to recurse over
 * @param stringLength characters of a string
 * @param numberLength characters of a number
 */
public record JsonLimits(int depth, int stringLength, int numberLength) {

    /** Far beyond what identity providers send. */
    public static final JsonLimits DEFAULT = new JsonLimits(50, 2_000_000, 200);
}
