package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the account of a user who is deactivated or deleted.
 *
 * @param retentionDays how long a blocked account is kept before it is erased, 0 to 36,500; null unless {@code block}, where
 *     it is 180 by default
 */
public record Deprovisioning(Action action, @Nullable Integer retentionDays) {

    private static final int USUAL_RETENTION = 180;

    /** What is done. */
    public enum Action {
        /** Deactivated or deleted, the account is {@code inactive}. */
        @JsonProperty("disable")
        DISABLE,
        /** Deactivated or deleted, the account is {@code blocked}, and is erased when its retention ends. */
        @JsonProperty("block")
        BLOCK,
        /** Deactivated, the account is {@code inactive}; deleted, it is erased at once. */
        @JsonProperty("delete")
        DELETE
    }

    /** Disables. */
    static final Deprovisioning USUAL = new Deprovisioning(Action.DISABLE, null);

    public Deprovisioning {
        action = action == null ? Action.DISABLE : action;
        if (action == Action.BLOCK && retentionDays == null) {
            retentionDays = USUAL_RETENTION;
        }
    }
}
