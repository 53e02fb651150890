package dev.muster.account;

import dev.muster.directory.Documents;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.tenant.settings.SignIn;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accounts in SQL, many by one statement. Whoever writes holds the lock of the tenant's {@link ProjectionState}. */
@ApplicationScoped
class AccountRepository {

    static final String COLUMNS = """
            a.id, a.resource_id, a.product_id, a.status, a.activated, a.kept, a.external_id, a.user_name, a.email, \
            a.employee_number, a.department, a.roles, a.sign_in, a.fields::text as fields, a.version, a.created, \
            a.last_modified, a.deprovisioned_at, a.erase_at""";

    private static final String OF_RESOURCES =
            "select " + COLUMNS + " from account a where a.tenant_id = $1 and a.resource_id = any($2::uuid[])";

    private static final String OF_IDS =
            "select " + COLUMNS + " from account a where a.tenant_id = $1 and a.id = any($2::uuid[])";

    /** It has no user, or one that there is no more, and could have another. */
    private static final String FREE = """
            a.status <> 'deleted' and (a.resource_id is null or not exists (
                select 1 from resource r where r.tenant_id = $1 and r.id = a.resource_id))""";

    private static final String FREE_OF_IDS = OF_IDS + " and " + FREE;

    /** One index lookup for each key. */
    private static final String UNLINKED = "select " + COLUMNS + " from account a where " + FREE + """
             and a.tenant_id = $1 and a.id in (
                select id from account where tenant_id = $1 and external_id = any($2::text[])
                union select id from account where tenant_id = $1 and user_name_key = any($3::text[])
                union select id from account where tenant_id = $1 and email_key = any($4::text[])
                union select id from account where tenant_id = $1 and employee_number = any($5::text[]))
            order by a.id""";

    private static final String STORE = """
            insert into account (tenant_id, id, resource_id, product_id, status, activated, kept, external_id, user_name,
                user_name_key, email, email_key, employee_number, department, department_key, roles, sign_in,
                fields, version, created, last_modified, deprovisioned_at, erase_at)
            select $1, s.id, s.resource_id, s.product_id, s.status, s.activated, s.kept, s.external_id, s.user_name,
                s.user_name_key, s.email, s.email_key, s.employee_number, s.department, left(s.department, 500),
                s.roles::text[], s.sign_in, s.fields::jsonb, s.version, s.created, s.last_modified,
                s.deprovisioned_at, s.erase_at
            from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bool[], $7::bool[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
                $18::int8[], $19::timestamptz[], $20::timestamptz[], $21::timestamptz[], $22::timestamptz[])
                s (id, resource_id, product_id, status, activated, kept, external_id, user_name, user_name_key, email,
                email_key, employee_number, department, roles, sign_in, fields, version, created, last_modified,
                deprovisioned_at, erase_at)
            on conflict (tenant_id, id) do update set resource_id = excluded.resource_id, status = excluded.status,
                activated = excluded.activated, kept = excluded.kept, external_id = excluded.external_id,
                user_name = excluded.user_name, user_name_key = excluded.user_name_key, email = excluded.email,
                email_key = excluded.email_key, employee_number = excluded.employee_number,
                department = excluded.department, department_key = excluded.department_key,
                roles = excluded.roles, sign_in = excluded.sign_in, fields = excluded.fields,
                version = excluded.version, last_modified = excluded.last_modified,
                deprovisioned_at = excluded.deprovisioned_at, erase_at = excluded.erase_at""";

    private static final String DUE = "select " + COLUMNS + """
             from account a where a.tenant_id = $1 and a.erase_at <= $2 and a.status = 'blocked'
            order by a.erase_at, a.id limit $3""";

    /** Roles of accounts, as {@link #STORE} has written them, for those who look for accounts by them. */
    private static final String STORE_ROLES = """
            with given as (
                select g.account_id, g.role from unnest($3::uuid[], $4::text[]) g (account_id, role)),
            taken as (
                delete from account_role r where r.tenant_id = $1 and r.account_id = any($2::uuid[])
                    and not exists (select 1 from given g where g.account_id = r.account_id and g.role = r.role))
            insert into account_role (tenant_id, account_id, role)
            select $1, g.account_id, g.role from given g on conflict do nothing""";

    private static final String DEPROVISIONED_SINCE =
            "select count(*) from account where tenant_id = $1 and deprovisioned_at > $2 and deprovisioned_at > created";

    Uni<List<Account>> ofResources(SqlConnection db, String tenant, Collection<UUID> resources) {
        return db.preparedQuery(OF_RESOURCES)
                .execute(Tuple.of(tenant, resources.toArray(UUID[]::new)))
                .map(AccountRepository::accounts);
    }

    Uni<List<Account>> find(SqlConnection db, String tenant, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : db.preparedQuery(OF_IDS)
                        .execute(Tuple.of(tenant, ids.toArray(UUID[]::new)))
                        .map(AccountRepository::accounts);
    }

    /** Those of the accounts that are without a user that is there, and may have another. */
    Uni<List<Account>> free(SqlConnection db, String tenant, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : db.preparedQuery(FREE_OF_IDS)
                        .execute(Tuple.of(tenant, ids.toArray(UUID[]::new)))
                        .map(AccountRepository::accounts);
    }

    /** Accounts without a user that is there, that any of these could be the owners of. */
    Uni<List<Account>> unlinked(SqlConnection db, String tenant, Collection<Profile> profiles) {
        return db.preparedQuery(UNLINKED)
                .execute(Tuple.of(
                        tenant,
                        keys(profiles, Profile::externalId),
                        keys(profiles, profile -> folded(profile.userName())),
                        keys(profiles, profile -> folded(profile.email())),
                        keys(profiles, Profile::employeeNumber)))
                .map(AccountRepository::accounts);
    }

    /** Creates accounts, or writes them over those with the same ids. */
    Uni<Void> store(SqlConnection db, String tenant, List<Account> accounts) {
        if (accounts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] ids = accounts.stream().map(Account::id).toArray(UUID[]::new);
        return db.preparedQuery(STORE)
                .execute(Tuple.from(Arrays.asList(
                        tenant,
                        ids,
                        accounts.stream().map(Account::resourceId).toArray(UUID[]::new),
                        texts(accounts, Account::productId),
                        texts(accounts, account -> account.status().keyword()),
                        accounts.stream().map(Account::activated).toArray(Boolean[]::new),
                        accounts.stream().map(Account::kept).toArray(Boolean[]::new),
                        texts(accounts, account -> account.profile().externalId()),
                        texts(accounts, account -> account.profile().userName()),
                        texts(accounts, account -> folded(account.profile().userName())),
                        texts(accounts, account -> account.profile().email()),
                        texts(accounts, account -> folded(account.profile().email())),
                        texts(accounts, account -> account.profile().employeeNumber()),
                        texts(accounts, account -> account.profile().department()),
                        texts(accounts, account -> arrayText(account.profile().roles())),
                        texts(accounts, account -> keyword(account.profile().signIn())),
                        texts(accounts, account -> account.profile().fields().toString()),
                        accounts.stream().map(Account::version).toArray(Long[]::new),
                        times(accounts, Account::created),
                        times(accounts, Account::lastModified),
                        times(accounts, Account::deprovisionedAt),
                        times(accounts, Account::eraseAt))))
                .chain(() -> storeRoles(db, tenant, ids, accounts));
    }

    private static Uni<Void> storeRoles(SqlConnection db, String tenant, UUID[] ids, List<Account> accounts) {
        List<UUID> having = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        for (Account account : accounts) {
            for (String role : account.profile().roles()) {
                having.add(account.id());
                roles.add(role);
            }
        }
        return db.preparedQuery(STORE_ROLES)
                .execute(Tuple.of(tenant, ids, having.toArray(UUID[]::new), roles.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** How many accounts have been taken out of use since then; new ones that never were in use are none. */
    Uni<Long> deprovisionedSince(SqlConnection db, String tenant, Instant since) {
        return db.preparedQuery(DEPROVISIONED_SINCE)
                .execute(Tuple.of(tenant, since.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Accounts whose retention has ended, the oldest first. */
    Uni<List<Account>> due(SqlConnection db, String tenant, Instant now, int limit) {
        return db.preparedQuery(DUE)
                .execute(Tuple.of(tenant, now.atOffset(ZoneOffset.UTC), (long) limit))
                .map(AccountRepository::accounts);
    }

    static List<Account> accounts(RowSet<Row> rows) {
        List<Account> accounts = new ArrayList<>(rows.size());
        rows.forEach(row -> accounts.add(account(row)));
        return accounts;
    }

    /** The account in a row of {@link #COLUMNS}. */
    static Account account(Row row) {
        Profile profile = new Profile(
                row.getString("external_id"),
                row.getString("user_name"),
                row.getString("email"),
                row.getString("employee_number"),
                row.getString("department"),
                List.of(row.getArrayOfStrings("roles")),
                SignIn.valueOf(row.getString("sign_in").toUpperCase(Locale.ROOT)),
                Documents.parse(row.getString("fields")));
        return new Account(
                row.getUUID("id"),
                row.getUUID("resource_id"),
                row.getString("product_id"),
                AccountStatus.of(row.getString("status")).orElseThrow(),
                row.getBoolean("activated"),
                row.getBoolean("kept"),
                profile,
                row.getLong("version"),
                row.getOffsetDateTime("created").toInstant(),
                row.getOffsetDateTime("last_modified").toInstant(),
                instant(row.getOffsetDateTime("deprovisioned_at")),
                instant(row.getOffsetDateTime("erase_at")));
    }

    static @Nullable String folded(@Nullable String text) {
        return text == null ? null : CaseFolding.fold(text);
    }

    static String keyword(SignIn signIn) {
        return signIn.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** As the text of an array: arrays of different lengths cannot be elements of one. */
    private static String arrayText(List<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String[] keys(Collection<Profile> profiles, Function<Profile, @Nullable String> key) {
        return profiles.stream().map(key).filter(Objects::nonNull).distinct().toArray(String[]::new);
    }

    private static @Nullable String[] texts(List<Account> accounts, Function<Account, @Nullable String> column) {
        return accounts.stream().map(column).toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime[] times(
            List<Account> accounts, Function<Account, @Nullable Instant> column) {
        return accounts.stream()
                .map(column)
                .map(time -> time == null ? null : time.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
