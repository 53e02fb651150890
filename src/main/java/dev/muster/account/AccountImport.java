package dev.muster.account;

import dev.muster.postgres.TenantDatabase;
import dev.muster.stream.TextLines.Line;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes over accounts that the product had before its users were provisioned, line by line. The product knows them: there are no
 * events. What a user is linked to is the identity provider's matter from then on, and no import changes it.
 */
@ApplicationScoped
public class AccountImport {

    private static final int LINES_AT_ONCE = 1_000;

    private final TenantDatabase database;
    private final Tenants tenants;
    private final ProjectionStateRepository states;
    private final AccountRepository accounts;
    private final ImportRepository imports;

    AccountImport(
            TenantDatabase database,
            Tenants tenants,
            ProjectionStateRepository states,
            AccountRepository accounts,
            ImportRepository imports) {
        this.database = database;
        this.tenants = tenants;
        this.states = states;
        this.accounts = accounts;
        this.imports = imports;
    }

    /**
     * Imports accounts. Lines are asked for when those before them are stored, a thousand in a transaction; one that fails does
     * not hold up the others. The same lines again change nothing.
     */
    public Uni<ImportReport> run(String tenantId, Multi<Line> lines) {
        return tenants.get(tenantId)
                .chain(tenant -> lines.group()
                        .intoLists()
                        .of(LINES_AT_ONCE)
                        .onItem()
                        .transformToUniAndConcatenate(part -> store(tenant, part))
                        .collect()
                        .in(ArrayList<ImportReport>::new, List::add)
                        .map(parts -> parts.stream().reduce(ImportReport.NOTHING, ImportReport::and)));
    }

    private Uni<ImportReport> store(Tenant tenant, List<Line> lines) {
        List<ImportBatch.Row> rows = new ArrayList<>();
        List<ImportReport.Error> unreadable = new ArrayList<>();
        for (Line line : lines) {
            byte[] text = line.text();
            if (text == null) {
                unreadable.add(new ImportReport.Error(line.number(), "/", "The line is too long."));
                continue;
            }
            try {
                rows.add(new ImportBatch.Row(line.number(), ImportReader.read(text)));
            } catch (TenantProblem problem) {
                unreadable.add(new ImportReport.Error(line.number(), problem.field(), problem.detail()));
            }
        }
        ImportReport faults = new ImportReport(unreadable.size(), 0, 0, 0, unreadable.size(), unreadable);
        return rows.isEmpty()
                ? Uni.createFrom().item(faults)
                : database.transaction(tenant.id(), db -> store(db, tenant, rows))
                        .map(faults::and);
    }

    private Uni<ImportReport> store(SqlConnection db, Tenant tenant, List<ImportBatch.Row> rows) {
        String id = tenant.id();
        List<ImportedAccount> sent = rows.stream().map(ImportBatch.Row::account).toList();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return states.lock(db, id)
                .map(state -> state.orElseThrow(() -> TenantProblem.notFound("The tenant is being deleted.")))
                .chain(() -> imports.ofProducts(
                        db, id, sent.stream().map(ImportedAccount::productId).toList()))
                .chain(known -> imports.provisioned(db, id, sent).map(provisioned -> {
                    ImportBatch batch = new ImportBatch(
                            tenant.settings().rules(),
                            now,
                            known,
                            new ProvisionedAccounts(tenant.settings().rules().matching(), provisioned));
                    rows.forEach(batch::add);
                    return batch;
                }))
                .call(batch -> accounts.store(db, id, batch.stored()))
                .call(batch -> states.advance(db, id, 0, batch.inUse()))
                .map(ImportBatch::report);
    }
}
