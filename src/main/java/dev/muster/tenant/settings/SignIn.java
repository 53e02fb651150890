package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How people sign in to the product. */
public enum SignIn {
    /** With a password that the product keeps. */
    @JsonProperty("password")
    PASSWORD,
    /** With their organisation's single sign-on; their accounts need no activation. */
    @JsonProperty("sso")
    SSO
}
