package dev.muster.scim.patch;

/**
 * How large a PATCH request may be; beyond it is 400 invalidValue.
 *
 * @param maxOperations operations in one request, at least 1
 * @param maxValues values in one multi-valued attribute of one operation, such as members, at least 1
 */
public record PatchLimits(int maxOperations, int maxValues) {

    /** 1,000 operations; 100,000 values an operation, ten times the members that must fit into one request. */
    public static final PatchLimits DEFAULT = new PatchLimits(1_000, 100_000);

    public PatchLimits {
        if (maxOperations < 1 || maxValues < 1) {
            throw new IllegalArgumentException("limits of PATCH must be positive");
        }
    }
}
