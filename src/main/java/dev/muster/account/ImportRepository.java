package dev.muster.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an import has to know of the accounts that there are, in SQL. */
@ApplicationScoped
class ImportRepository {

    /** An account has had a user if it was ever taken out of use by one, is kept from it, or is held while it is to be. */
    private static final String OF_PRODUCTS = "select " + AccountRepository.COLUMNS + """
            , a.resource_id is null and a.deprovisioned_at is null and not a.kept and not exists (
                select 1 from pending p where p.tenant_id = $1 and p.account_id = a.id and p.reason = 'deletion-guard') as free
            from account a where a.tenant_id = $1 and a.product_id = any($2::text[])""";

    /** One index lookup for each key; accounts that have a user, or have had one. */
    private static final String PROVISIONED = "select " + AccountRepository.COLUMNS + """
             from account a where a.tenant_id = $1 and a.id in (
                select id from account where tenant_id = $1 and external_id = any($2::text[])
                union select id from account where tenant_id = $1 and user_name_key = any($3::text[])
                union select id from account where tenant_id = $1 and email_key = any($4::text[])
                union select id from account where tenant_id = $1 and employee_number = any($5::text[]))
            and a.status <> 'deleted'
            and (a.product_id is null or a.resource_id is not null or a.deprovisioned_at is not null or a.kept)""";

    Uni<List<ImportBatch.Known>> ofProducts(SqlConnection db, String tenant, Collection<String> productIds) {
        return db.preparedQuery(OF_PRODUCTS)
                .execute(Tuple.of(tenant, productIds.toArray(String[]::new)))
                .map(rows -> {
                    List<ImportBatch.Known> known = new ArrayList<>(rows.size());
                    rows.forEach(row ->
                            known.add(new ImportBatch.Known(AccountRepository.account(row), row.getBoolean("free"))));
                    return known;
                });
    }

    /** Accounts of provisioned users that are like one of these. */
    Uni<List<Account>> provisioned(SqlConnection db, String tenant, Collection<ImportedAccount> rows) {
        return db.preparedQuery(PROVISIONED)
                .execute(Tuple.of(
                        tenant,
                        keys(rows, ImportedAccount::externalId),
                        keys(rows, row -> AccountRepository.folded(row.userName())),
                        keys(rows, row -> AccountRepository.folded(row.email())),
                        keys(rows, ImportedAccount::employeeNumber)))
                .map(AccountRepository::accounts);
    }

    private static String[] keys(Collection<ImportedAccount> rows, Function<ImportedAccount, @Nullable String> key) {
        return rows.stream().map(key).filter(Objects::nonNull).distinct().toArray(String[]::new);
    }
}
