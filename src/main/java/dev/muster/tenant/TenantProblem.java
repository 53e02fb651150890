package dev.muster.tenant;

import java.util.List;
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
        /** It is not in the version that the request is about (RFC 9110 §13.1.1). */
        CHANGED,
        /** It was there, and is not kept any more. */
        GONE,
        /** A value is not acceptable. */
        INVALID
    }

    private final Kind kind;
    private final transient List<Fault> faults;
    private final String detail;

    private TenantProblem(Kind kind, List<Fault> faults, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
        this.faults = faults;
        this.detail = detail;
    }

    public static TenantProblem notFound(String detail) {
        return new TenantProblem(Kind.NOT_FOUND, List.of(), detail);
    }

    public static TenantProblem conflict(String detail) {
        return new TenantProblem(Kind.CONFLICT, List.of(), detail);
    }

    /** {@code field}: the name or JSON pointer of what is wrong. */
    public static TenantProblem invalid(String field, String detail) {
        return invalid(List.of(new Fault(field, detail)));
    }

    /** Several faults, one at least; the first speaks for all where there is room for one. */
    public static TenantProblem invalid(List<Fault> faults) {
        return new TenantProblem(
                Kind.INVALID, List.copyOf(faults), faults.getFirst().detail());
    }

    /** It was there, and is not kept any more. */
    public static TenantProblem gone(String detail) {
        return new TenantProblem(Kind.GONE, List.of(), detail);
    }

    /** Somebody else has changed it meanwhile. */
    public static TenantProblem changed(String detail) {
        return new TenantProblem(Kind.CHANGED, List.of(), detail);
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong and what to do, for the operator. */
    public String detail() {
        return detail;
    }

    /** The name or JSON pointer of the first field that is wrong, null where the fault is not one field's. */
    public @Nullable String field() {
        return faults.isEmpty() ? null : faults.getFirst().field();
    }

    /** Every field that is wrong. */
    public List<Fault> faults() {
        return faults;
    }
}
