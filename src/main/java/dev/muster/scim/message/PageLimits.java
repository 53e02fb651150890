package dev.muster.scim.message;

/**
 * How many resources one response of a query has.
 *
 * @param usual where the request does not say, 1 to {@code most}
 * @param most whatever the request says, at most {@value Paging#MAX_COUNT}
 */
public record PageLimits(int usual, int most) {

    /** {@value Paging#DEFAULT_COUNT} and {@value Paging#MAX_COUNT}. */
    public static final PageLimits DEFAULT = new PageLimits(Paging.DEFAULT_COUNT, Paging.MAX_COUNT);

    public PageLimits {
        if (usual < 1 || usual > most || most > Paging.MAX_COUNT) {
            throw new IllegalArgumentException("not the limits of pages: " + usual + ", " + most);
        }
    }
}
