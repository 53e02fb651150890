package dev.muster.scim.error;

/**
 * Carries a {@link ScimError} to the one place that renders it. It has no stack trace: it reports what a client did, not
 * where our code was, and it is thrown on hot paths.
 */
public final class ScimException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ScimError error;

    public ScimException(ScimError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    /** What the client is told. */
    public ScimError error() {
        return error;
    }

    /** An exception with the status of {@code type}. */
    public static ScimException of(ScimType type, String detail) {
        return new ScimException(ScimError.of(type, detail));
    }

    /** An exception without a detail keyword. */
    public static ScimException of(int status, String detail) {
        return new ScimException(ScimError.of(status, detail));
    }

    public static ScimException invalidFilter(String detail) {
        return of(ScimType.INVALID_FILTER, detail);
    }

    public static ScimException invalidPath(String detail) {
        return of(ScimType.INVALID_PATH, detail);
    }

    public static ScimException invalidSyntax(String detail) {
        return of(ScimType.INVALID_SYNTAX, detail);
    }

    public static ScimException invalidValue(String detail) {
        return of(ScimType.INVALID_VALUE, detail);
    }

    public static ScimException mutability(String detail) {
        return of(ScimType.MUTABILITY, detail);
    }

    public static ScimException noTarget(String detail) {
        return of(ScimType.NO_TARGET, detail);
    }
}
