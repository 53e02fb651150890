package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.limit.Limits;
import dev.muster.postgres.TenantDatabase;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.patch.MemberChange;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of groups: rows beside the document, never in it. All changes are sets; they may be repeated without harm, and
 * never read what they do not change.
 */
@ApplicationScoped
public class GroupMembers {

    private static final String MEMBERS = "members";
    private static final int NAMED_UNKNOWN = 5;

    private final TenantDatabase database;
    private final MembershipRepository memberships;
    private final NestedMembers nested;
    private final Limits limits;

    GroupMembers(TenantDatabase database, MembershipRepository memberships, NestedMembers nested, Limits limits) {
        this.database = database;
        this.memberships = memberships;
        this.nested = nested;
        this.limits = limits;
    }

    /** Members of one group in the order of their ids, after {@code after} (exclusive, null from the start). */
    public Uni<List<Member>> page(Tenant tenant, UUID group, @Nullable UUID after, int limit) {
        return database.statements(tenant.id(), db -> memberships.page(db, TenantScope.of(tenant), group, after, limit))
                .map(members -> shown(tenant, members));
    }

    /** The first members of several groups, at most {@code limit} of each; a group without members is absent. */
    public Uni<Map<UUID, List<Member>>> first(Tenant tenant, Collection<UUID> groups, int limit) {
        return groups.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : database.statements(
                                tenant.id(), db -> memberships.firstMembers(db, TenantScope.of(tenant), groups, limit))
                        .invoke(members -> members.replaceAll((group, some) -> shown(tenant, some)));
    }

    private static List<Member> shown(Tenant tenant, List<Member> members) {
        return members.stream().map(member -> member.shownBy(tenant.schemas())).toList();
    }

    /** Whether resources of this type have members, which stand in rows. */
    boolean hasMembers(ResourceType type) {
        return type.name().equals("Group") && type.resolve(null, MEMBERS, null).isPresent();
    }

    /** Takes the members out of a canonical document; fails with 400 where they are more than one request may have. */
    List<UUID> detach(ResourceType type, ObjectNode document) {
        JsonNode members = hasMembers(type) ? document.remove(MEMBERS) : null;
        if (members == null) {
            return List.of();
        }
        int most = limits.patch().maxValues();
        if (members.size() > most) {
            throw ScimException.invalidValue("A request can have at most " + most
                    + " members; send the group with some of them, and add the others by PATCH.");
        }
        List<String> values = new ArrayList<>();
        members.forEach(member -> values.add(member.path("value").asText()));
        return ids(values);
    }

    /**
     * Whether a PUT leaves the members alone: it does not say {@code members} at all. RFC 7644 §3.5.1 lets the server take
     * into account that a client does not know an attribute; a rename must not empty the group.
     */
    boolean unmentioned(ResourceType type, JsonNode body, Conformance conformance) {
        if (!hasMembers(type) || conformance == Conformance.STRICT) {
            return false;
        }
        boolean[] mentioned = {false};
        body.fieldNames().forEachRemaining(name -> mentioned[0] |= name.equalsIgnoreCase(MEMBERS));
        return !mentioned[0];
    }

    /** Applies the changes in order. */
    Uni<MembersOutcome> apply(
            SqlConnection db, Tenant tenant, ResourceType type, UUID group, List<MemberChange> changes, Instant now) {
        Uni<MembersOutcome> outcome = Uni.createFrom().item(MembersOutcome.NONE);
        for (MemberChange change : changes) {
            outcome = outcome.chain(
                    before -> apply(db, tenant, type, group, change, now).map(before::and));
        }
        return outcome;
    }

    private Uni<MembersOutcome> apply(
            SqlConnection db, Tenant tenant, ResourceType type, UUID group, MemberChange change, Instant now) {
        TenantScope scope = TenantScope.of(tenant);
        return switch (change) {
            case MemberChange.Add add -> add(db, tenant, group, ids(named(add.members())), now);
            case MemberChange.Remove remove -> removed(memberships.remove(db, scope, group, known(remove.values())));
            case MemberChange.RemoveMatching matching ->
                removed(memberships.removeMatching(
                        db, scope, group, new FilterSql(type, scope).memberCondition(matching.valueFilter(), 3)));
            case MemberChange.RemoveAll all -> removed(memberships.removeAll(db, scope, group));
            case MemberChange.ReplaceAll all -> replace(db, tenant, group, ids(named(all.members())), now);
        };
    }

    private static Uni<MembersOutcome> removed(Uni<Integer> count) {
        return count.map(rows -> new MembersOutcome(rows > 0, false));
    }

    /** Makes {@code members} the members. */
    private Uni<MembersOutcome> replace(SqlConnection db, Tenant tenant, UUID group, List<UUID> members, Instant now) {
        return nested.admitted(db, tenant, members)
                .chain(admitted -> removed(
                                memberships.removeOthers(db, TenantScope.of(tenant), group, admitted.members()))
                        .chain(removed -> add(db, tenant, group, admitted, now).map(removed::and)));
    }

    /** Adds members. One that does not exist fails the whole write. */
    Uni<MembersOutcome> add(SqlConnection db, Tenant tenant, UUID group, List<UUID> members, Instant now) {
        return nested.admitted(db, tenant, members).chain(admitted -> add(db, tenant, group, admitted, now));
    }

    private Uni<MembersOutcome> add(
            SqlConnection db, Tenant tenant, UUID group, NestedMembers.Admitted admitted, Instant now) {
        List<UUID> members = admitted.members();
        if (members.isEmpty()) {
            return Uni.createFrom().item(new MembersOutcome(false, admitted.groupsSkipped()));
        }
        if (members.contains(group)) {
            return Uni.createFrom().failure(ownMember());
        }
        TenantScope scope = TenantScope.of(tenant);
        Uni<Void> shown = scope.isWhole() ? Uni.createFrom().voidItem() : exist(db, scope, members);
        return shown.chain(() -> memberships.add(db, tenant.id(), group, members, now))
                .chain(added -> added == members.size()
                        ? Uni.createFrom().item(true)
                        : exist(db, scope, members).replaceWith(added > 0))
                .map(changed -> new MembersOutcome(changed, admitted.groupsSkipped()));
    }

    private Uni<Void> exist(SqlConnection db, TenantScope scope, List<UUID> members) {
        return memberships.unknown(db, scope, members).map(unknown -> {
            if (!unknown.isEmpty()) {
                throw unknownMembers(unknown.stream().map(UUID::toString).toList());
            }
            return null;
        });
    }

    static ScimException ownMember() {
        return ScimException.invalidValue("members: a group cannot be its own member.");
    }

    /** The change that makes these the members. */
    static MemberChange all(List<UUID> members) {
        return new MemberChange.ReplaceAll(members.stream()
                .map(id -> new MemberChange.Member(id.toString(), null))
                .toList());
    }

    private static List<String> named(List<MemberChange.Member> members) {
        return members.stream().map(MemberChange.Member::value).toList();
    }

    /** The ids, without doubles; a value that can be nobody's id fails the write as any unknown member does. */
    private static List<UUID> ids(Collection<String> values) {
        Set<UUID> ids = new LinkedHashSet<>();
        List<String> impossible = new ArrayList<>();
        for (String value : values) {
            ResourceIds.parse(value).ifPresentOrElse(ids::add, () -> impossible.add(value));
        }
        if (!impossible.isEmpty()) {
            throw unknownMembers(impossible);
        }
        return List.copyOf(ids);
    }

    /** The ids among the values; others are nobody's, and to remove nobody is no change. */
    private static List<UUID> known(Collection<String> values) {
        return values.stream()
                .map(ResourceIds::parse)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static ScimException unknownMembers(List<String> values) {
        String named = values.stream()
                .limit(NAMED_UNKNOWN)
                .map(value -> value.length() <= 64 ? value : value.substring(0, 64) + "…")
                .collect(Collectors.joining(", "));
        String more = values.size() > NAMED_UNKNOWN ? " and " + (values.size() - NAMED_UNKNOWN) + " more" : "";
        return ScimException.invalidValue("members: there is no user or group with the id " + named + more
                + ". Nothing was changed; send ids of existing resources.");
    }
}
