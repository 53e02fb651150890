package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a group that is to be a member of a group. */
public enum NestedGroups {
    /** It becomes a member; its own members have the roles of the group that it is in. */
    @JsonProperty("allow")
    ALLOW,
    /** It is left out, the request succeeds, and the provisioning log says so. */
    @JsonProperty("skip")
    SKIP,
    /** The request fails with 400. */
    @JsonProperty("reject")
    REJECT
}
