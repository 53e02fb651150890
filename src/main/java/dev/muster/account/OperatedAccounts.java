package dev.muster.account;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Single accounts, as operators look at them and activate them. */
@ApplicationScoped
public class OperatedAccounts {

    private final TenantDatabase database;
    private final Tenants tenants;
    private final AccountRepository accounts;
    private final ProjectionStateRepository states;
    private final EventRepository events;

    OperatedAccounts(
            TenantDatabase database,
            Tenants tenants,
            AccountRepository accounts,
            ProjectionStateRepository states,
            EventRepository events) {
        this.database = database;
        this.tenants = tenants;
        this.accounts = accounts;
        this.states = states;
        this.events = events;
    }

    /** The account; fails with {@link TenantProblem} where there is none. */
    public Uni<Account> get(String tenant, UUID id) {
        return tenants.get(tenant).chain(() -> database.statements(tenant, db -> found(db, tenant, id)));
    }

    /** Makes a pending account one that can be used; fails with {@link TenantProblem} where it is not pending. */
    public Uni<Account> activate(String tenant, UUID id) {
        return tenants.get(tenant)
                .chain(() -> database.transaction(
                        tenant,
                        db -> states.lock(db, tenant)
                                .chain(state ->
                                        found(db, tenant, id).chain(account -> activate(db, tenant, account, state)))));
    }

    private Uni<Account> activate(SqlConnection db, String tenant, Account account, Optional<ProjectionState> state) {
        if (account.status() != AccountStatus.PENDING || state.isEmpty()) {
            throw TenantProblem.conflict("Only a pending account can be activated; this one is "
                    + account.status().keyword() + ".");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Account active = account.nowActive().changed(now);
        List<AccountEvent> said = AccountEvents.of(account, active).stream().toList();
        return accounts.store(db, tenant, List.of(active))
                .chain(() -> events.append(db, tenant, state.get().sequence(), now, said))
                .chain(() -> states.advance(db, tenant, said.size(), 0))
                .replaceWith(active);
    }

    private Uni<Account> found(SqlConnection db, String tenant, UUID id) {
        return accounts.find(db, tenant, List.of(id))
                .map(found -> found.stream()
                        .findFirst()
                        .orElseThrow(() -> TenantProblem.notFound("There is no account with this id.")));
    }
}
