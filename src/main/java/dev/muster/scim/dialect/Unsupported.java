package dev.muster.scim.dialect;

/** What becomes of attributes that a resource type does not have, where a client sends them. */
public enum Unsupported {
    /** They are dropped, in bodies and in values, and operations with a path to one as well. */
    IGNORED,
    /** They are dropped in bodies and in values; a path to one is refused. */
    IGNORED_IN_VALUES,
    /** They are refused. */
    REFUSED;

    /** Where a tenant does not say otherwise. */
    public static Unsupported usual(Conformance conformance) {
        return conformance == Conformance.COMPAT ? IGNORED_IN_VALUES : REFUSED;
    }
}
