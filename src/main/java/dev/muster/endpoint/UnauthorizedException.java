package dev.muster.endpoint;

/** There is no valid credential for the address; the reason stays here. */
final class UnauthorizedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnauthorizedException() {
        super("no valid credential", null, false, false);
    }
}
