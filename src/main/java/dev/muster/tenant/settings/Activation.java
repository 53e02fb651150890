package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a new account becomes one that can be used. */
public enum Activation {
    /** At once. */
    @JsonProperty("automatic")
    AUTOMATIC,
    /** When an operator activates it; until then it is {@code pending}. */
    @JsonProperty("manual")
    MANUAL
}
