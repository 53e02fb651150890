package dev.muster.tenant;

import org.jspecify.annotations.Nullable;

/** A request of an operator that cannot be carried out. */
public final class TenantProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the request. */
    public enum Kind {
        /** There is no such thing. */
        NOT_FOUND,
        /** It exists already, or has changed meanwhile. */
        CONFLICT,
        /** A value is not acceptable. */
        INVALID
    }

    private final Kind kind;
    private final @Nullable String field;
    private final String detail;

    private TenantProblem(Kind kind, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
        this.field = field;
        this.detail = detail;
    }

    public static TenantProblem notFound(String detail) {
        return new TenantProblem(Kind.NOT_FOUND, null, detail);
    }

    public static TenantProblem conflict(String detail) {
        return new TenantProblem(Kind.CONFLICT, null, detail);
    }

    /** {@code field}: the name or JSON pointer of what is wrong. */
    public static TenantProblem invalid(String field, String detail) {
        return new TenantProblem(Kind.INVALID, field, detail);
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong and what to do, for the operator. */
    public String detail() {
        return detail;
    }

    /** The name or JSON pointer of the field that is wrong, null where the fault is not one field's. */
    public @Nullable String field() {
        return field;
    }
}
