package dev.muster.account;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What operators decide of what waits. A decision is noted in the change log, and carried out like any other change: in order,
 * once, also when the server stops in between.
 */
@ApplicationScoped
public class PendingDecisions {

    private final TenantDatabase database;
    private final Tenants tenants;
    private final PendingRepository pending;
    private final ChangeRepository changes;
    private final AccountRepository accounts;
    private final Projector projector;

    PendingDecisions(
            TenantDatabase database,
            Tenants tenants,
            PendingRepository pending,
            ChangeRepository changes,
            AccountRepository accounts,
            Projector projector) {
        this.database = database;
        this.tenants = tenants;
        this.pending = pending;
        this.changes = changes;
        this.accounts = accounts;
        this.projector = projector;
    }

    /** Decides of all that wait for such a decision; their number. */
    public Uni<Integer> all(String tenant, Decision decision) {
        return noted(tenant, db -> changes.decideAll(db, tenant, decision));
    }

    /** Decides of those of the resources that wait for such a decision; their number. */
    public Uni<Integer> chosen(String tenant, Collection<UUID> resources, Decision decision) {
        return noted(tenant, db -> changes.decide(db, tenant, resources, decision, null));
    }

    /**
     * Decides of one resource.
     *
     * @param account with {@link Decision#LINK}: one of those in question
     * @return fails with {@link TenantProblem} where nothing waits for such a decision
     */
    public Uni<Void> one(String tenant, UUID resource, Decision decision, @Nullable UUID account) {
        return noted(
                        tenant,
                        db -> pending.find(db, tenant, List.of(resource))
                                .invoke(found -> check(found.get(resource), decision, account))
                                .call(() ->
                                        account == null ? Uni.createFrom().voidItem() : checkFree(db, tenant, account))
                                .chain(() -> changes.decide(db, tenant, List.of(resource), decision, account)))
                .replaceWithVoid();
    }

    private static void check(@Nullable Pending waiting, Decision decision, @Nullable UUID account) {
        if (waiting == null) {
            throw TenantProblem.notFound("Nothing waits of a resource with this id, or it has been settled meanwhile.");
        }
        if (!decision.reasons().contains(waiting.reason())) {
            throw TenantProblem.conflict("This waits because of "
                    + waiting.reason().keyword() + "; such a decision is for what waits because of "
                    + decision.reasons().stream()
                            .map(PendingReason::keyword)
                            .sorted()
                            .collect(Collectors.joining(" or "))
                    + ".");
        }
        if (account != null && !waiting.candidates().contains(account)) {
            throw TenantProblem.invalid("accountId", "Must be the id of one of the candidates of what waits.");
        }
    }

    private Uni<Void> checkFree(SqlConnection db, String tenant, UUID account) {
        return accounts.free(db, tenant, List.of(account))
                .invoke(free -> {
                    if (free.isEmpty()) {
                        throw TenantProblem.conflict("The account has found another user meanwhile, or is deleted.");
                    }
                })
                .replaceWithVoid();
    }

    private <T> Uni<T> noted(String tenant, Function<SqlConnection, Uni<T>> work) {
        return tenants.get(tenant)
                .chain(() -> database.transaction(tenant, work))
                .invoke(() -> projector.wake(tenant));
    }
}
