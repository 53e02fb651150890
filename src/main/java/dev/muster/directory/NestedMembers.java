package dev.muster.directory;

import dev.muster.scim.error.ScimException;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.settings.NestedGroups;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Groups that are to be members of groups: they become so, are left out or refused, as the tenant's settings say. */
@ApplicationScoped
class NestedMembers {

    private static final int NAMED = 5;

    private final MembershipRepository memberships;

    NestedMembers(MembershipRepository memberships) {
        this.memberships = memberships;
    }

    /**
     * What is left of members that a client wants to add.
     *
     * @param groupsSkipped whether groups were among them that are not any more
     */
    record Admitted(List<UUID> members, boolean groupsSkipped) {
        Admitted {
            members = List.copyOf(members);
        }
    }

    /** Those of {@code members} that are added; fails with 400 where one of them is a group and may not be. */
    Uni<Admitted> admitted(SqlConnection db, Tenant tenant, List<UUID> members) {
        NestedGroups setting = tenant.settings().rules().nestedGroups();
        if (setting == NestedGroups.ALLOW || members.isEmpty()) {
            return Uni.createFrom().item(new Admitted(members, false));
        }
        return memberships.groups(db, tenant.id(), members).map(groups -> {
            if (setting == NestedGroups.REJECT && !groups.isEmpty()) {
                throw refused(groups);
            }
            List<UUID> others =
                    members.stream().filter(member -> !groups.contains(member)).toList();
            return new Admitted(others, !groups.isEmpty());
        });
    }

    private static ScimException refused(Set<UUID> groups) {
        String named = groups.stream().limit(NAMED).map(UUID::toString).collect(Collectors.joining(", "));
        String more = groups.size() > NAMED ? " and " + (groups.size() - NAMED) + " more" : "";
        return ScimException.invalidValue("members: " + named + more
                + (groups.size() == 1 ? " is a group" : " are groups")
                + ", and groups cannot be members of groups here. Nothing was changed; send users.");
    }
}
