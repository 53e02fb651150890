package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A role that the members of a group have. The group is named by one of both.
 *
 * @param externalId the group's {@code externalId}, with regard to case
 * @param displayName the group's {@code displayName}, without regard to case; all groups of that name give the role
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleMapping(
        @Nullable String externalId, @Nullable String displayName, String role) {}
