package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of what the identity provider writes. */
public enum OperationMode {
    /** It is kept and compared, and waits until somebody releases it: the product sees nothing of it. */
    @JsonProperty("dry-run")
    DRY_RUN,
    /** It is applied to the accounts at once. */
    @JsonProperty("sync")
    SYNC
}
