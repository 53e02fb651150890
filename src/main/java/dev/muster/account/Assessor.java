package dev.muster.account;

import dev.muster.directory.CurrentResourceRepository;
import dev.muster.directory.Documents;
import dev.muster.scim.resource.HiddenAttributes;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.DeletionGuard;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out what is to become of the accounts of users: reads all that it depends on, and changes nothing. So it serves those
 * who apply changes and those who only show them.
 */
@ApplicationScoped
class Assessor {

    private final CurrentResourceRepository resources;
    private final AccountRepository accounts;
    private final RoleRepository roles;
    private final PendingRepository pending;

    Assessor(
            CurrentResourceRepository resources,
            AccountRepository accounts,
            RoleRepository roles,
            PendingRepository pending) {
        this.resources = resources;
        this.accounts = accounts;
        this.roles = roles;
        this.pending = pending;
    }

    /**
     * By which rules, and since when, something is assessed.
     *
     * @param rules those of the tenant, or others that are only tried
     * @param tried how many deprovisionings have been found before where nothing is stored
     */
    record Ground(Tenant tenant, ResourceType user, AccountRules rules, long accountsInUse, long tried, Instant now) {

        static Ground of(Tenant tenant, long accountsInUse, Instant now) {
            return new Ground(
                    tenant,
                    tenant.schemas().resourceType(Change.USER).orElseThrow(),
                    tenant.settings().rules(),
                    accountsInUse,
                    0,
                    now);
        }

        /** The same after deprovisionings that are only tried. */
        Ground after(long deprovisionings) {
            return new Ground(tenant, user, rules, accountsInUse - deprovisionings, deprovisionings, now);
        }
    }

    /**
     * What is to become of the users' accounts.
     *
     * @param users changes of users, each user once
     * @return in the order in which they are to be applied: those that are gone come first, so that who comes back finds the
     *     account
     */
    Uni<Assessed> assess(SqlConnection db, Ground ground, Collection<Change> users) {
        if (users.isEmpty()) {
            return Uni.createFrom().item(new Assessed(List.of(), Map.of()));
        }
        String tenant = ground.tenant().id();
        Set<UUID> ids = users.stream().map(Change::resource).collect(Collectors.toCollection(LinkedHashSet::new));
        AccountProjection projection = new AccountProjection(ground.user(), ground.rules());
        return Uni.combine()
                .all()
                .unis(
                        resources.documents(db, tenant, Change.USER, ids),
                        accounts.ofResources(db, tenant, ids),
                        roles.of(db, tenant, ground.rules().roles(), ids),
                        pending.find(db, tenant, ids),
                        deprovisioned(db, ground))
                .with((documents, linked, roleNames, waiting, deprovisioned) -> {
                    Map<UUID, Projected> projected = new HashMap<>();
                    documents.forEach((id, document) -> projected.put(
                            id,
                            projection.project(
                                    HiddenAttributes.without(ground.user(), Documents.parse(document)),
                                    roleNames.getOrDefault(id, List.of()))));
                    Map<UUID, Account> before = linked.stream()
                            .collect(Collectors.toMap(
                                    account -> Objects.requireNonNull(account.resourceId()), Function.identity()));
                    return new Known(projected, before, waiting, deprovisioned);
                })
                .chain(known -> free(db, tenant, known, users)
                        .map(free -> new Assessing(
                                        ground.rules(),
                                        ground.now(),
                                        known,
                                        free,
                                        new DeletionLimit(
                                                ground.rules().deletionGuard(),
                                                ground.accountsInUse(),
                                                known.deprovisioned() + ground.tried()))
                                .all(users))
                        .map(assessments -> new Assessed(assessments, known.waiting())));
    }

    /**
     * What is to become of the accounts of users.
     *
     * @param waiting what has waited of them until now, by the user
     */
    record Assessed(List<Assessment> assessments, Map<UUID, Pending> waiting) {}

    /** What the database knows of the users. */
    record Known(
            Map<UUID, Projected> projected,
            Map<UUID, Account> linked,
            Map<UUID, Pending> waiting,
            long deprovisioned) {}

    private Uni<Long> deprovisioned(SqlConnection db, Ground ground) {
        DeletionGuard guard = ground.rules().deletionGuard();
        return guard == null
                ? Uni.createFrom().item(0L)
                : accounts.deprovisionedSince(
                        db, ground.tenant().id(), ground.now().minus(Duration.ofMinutes(guard.windowMinutes())));
    }

    /** Accounts without a user that is there: those that new users may be the owners of, and those that are given to them. */
    private Uni<List<Account>> free(SqlConnection db, String tenant, Known known, Collection<Change> users) {
        List<Profile> strangers = known.projected().entrySet().stream()
                .filter(entry -> !known.linked().containsKey(entry.getKey()))
                .map(entry -> entry.getValue().profile())
                .toList();
        Set<UUID> named = users.stream()
                .map(Change::account)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Uni<List<Account>> matching =
                strangers.isEmpty() ? Uni.createFrom().item(List.of()) : accounts.unlinked(db, tenant, strangers);
        return Uni.combine()
                .all()
                .unis(matching, accounts.free(db, tenant, named))
                .with((found, byId) ->
                        Stream.concat(found.stream(), byId.stream()).distinct().toList());
    }
}
