package dev.muster.scim.dialect;

/** How much of what identity providers really send is understood; one setting a tenant. */
public enum Conformance {
    /** What Entra ID, Okta and others send is taken for what it means; the default. */
    COMPAT,
    /** Only what RFC 7643 and RFC 7644 allow, less what the SCIM 2.0 Interoperability Profile takes away. */
    STRICT
}
