package dev.muster.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Row-level security binds the role under which the server works: it is neither superuser nor exempt, owns none of the
 * tables, and every table is forced.
 */
@ApplicationScoped
class RowLevelSecurityCheck implements StartCheck {

    private static final String SQL = """
            select current_user::text as role,
                (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as exempt,
                (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = current_schema() and c.relkind in ('r', 'p')
                    and c.relname <> 'flyway_schema_history'
                    and pg_has_role(current_user, c.relowner, 'member')) as owned,
                (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = current_schema() and c.relkind in ('r', 'p')
                    and c.relname <> 'flyway_schema_history'
                    and not (c.relrowsecurity and c.relforcerowsecurity)) as open,
                (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = current_schema() and c.relname = 'resource') as tables""";

    private final TenantDatabase database;

    RowLevelSecurityCheck(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Uni<Optional<String>> problem() {
        // The binding to the operator is enough: what is asked of are catalogues.
        return database.statements(
                TenantDatabase.OPERATOR,
                connection -> connection
                        .query(SQL)
                        .execute()
                        .map(rows -> verdict(rows.iterator().next())));
    }

    private static Optional<String> verdict(Row row) {
        String role = row.getString("role");
        if (row.getLong("tables") == 0) {
            return Optional.of("the database has no Muster tables; run the migrations first");
        }
        if (Boolean.TRUE.equals(row.getBoolean("exempt"))) {
            return Optional.of(
                    "the database role " + role + " is a superuser or has BYPASSRLS, so row-level security would not"
                            + " keep tenants apart; let the server log in as a role like muster_app (see README, \"Your own PostgreSQL\")");
        }
        if (row.getLong("owned") > 0) {
            return Optional.of(
                    "the database role " + role + " owns Muster's tables or may act as their owner; let the server log"
                            + " in as a role like muster_app (see README, \"Your own PostgreSQL\")");
        }
        if (row.getLong("open") > 0) {
            return Optional.of(
                    row.getLong("open") + " of the schema's tables do not force row-level security; keep Muster in a"
                            + " schema of its own and run its migrations");
        }
        return Optional.empty();
    }
}
