package dev.muster.audit;

import dev.muster.scim.resource.Identity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds entries of the log, each way on an index: under row-level security only leakproof conditions can be one's. */
@ApplicationScoped
class LogReadRepository {

    /** So many resources at most are followed that somebody has had a name of, the latest first. */
    private static final int MOST_RESOURCES = 50;

    private static final String COLUMNS = """
            l.tenant_id, l.id, l.request_id, l.operation, l.operator, l.token_id, l.method, l.resource_type, l.resource_id, l.user_name,
            l.external_id, l.display_name, l.status, l.outcome, l.scim_type, l.reason, l.advice, l.query, l.ignored, l.changes, l.micros""";

    private static final List<String> NAME_COLUMNS = List.of("user_name_folded", "display_name_folded", "external_id");

    /** Which way a page goes on. */
    enum Order {
        NEWEST_FIRST("<", "desc"),
        OLDEST_FIRST(">", "asc");

        private final String beyond;
        private final String direction;

        Order(String beyond, String direction) {
            this.beyond = beyond;
            this.direction = direction;
        }
    }

    /** The resources that have had a name, by the log: at most {@link #MOST_RESOURCES}. */
    Uni<List<UUID>> resourcesNamed(SqlConnection connection, String tenant, String name) {
        String sql = NAME_COLUMNS.stream()
                .map(column ->
                        "(select resource_id, id from provisioning_log where tenant_id = $1 and " + column + " = "
                                + (column.equals("external_id") ? "$3" : "$2")
                                + " and resource_id is not null order by id desc limit 1000)")
                .collect(Collectors.joining(" union all ", "", " order by id desc"));
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(tenant, LogEntry.folded(name), LogEntry.kept(name)))
                .map(rows -> {
                    Set<UUID> ids = new LinkedHashSet<>();
                    rows.forEach(row -> ids.add(row.getUUID(0)));
                    return ids.stream().limit(MOST_RESOURCES).toList();
                });
    }

    /**
     * A page of entries.
     *
     * @param resources those that the query's person has been; empty where it names none
     * @param after the last id of the page before; null from the start
     */
    Uni<List<LogEntry>> page(
            SqlConnection connection,
            String tenant,
            LogQuery query,
            List<UUID> resources,
            Order order,
            @Nullable UUID after,
            int limit) {
        Statement statement = new Statement(tenant, order, limit);
        statement.restrict(query, after);
        List<String> ways = ways(statement, query, resources);
        String sql = ways.isEmpty()
                ? statement.select(COLUMNS, "")
                : "select " + COLUMNS + " from provisioning_log l where l.tenant_id = $1 and l.id in ("
                        + ways.stream()
                                .map(way -> "(" + statement.select("l.id", way) + ")")
                                .collect(Collectors.joining(" union all "))
                        + ")" + statement.end();
        return connection
                .preparedQuery(sql)
                .execute(Tuple.from(statement.parameters))
                .map(rows -> {
                    List<LogEntry> entries = new ArrayList<>(rows.size());
                    rows.forEach(row -> entries.add(entry(row)));
                    return entries;
                });
    }

    /** The conditions of which one must hold, each an index's own; none where there is no such choice. */
    private static List<String> ways(Statement statement, LogQuery query, List<UUID> resources) {
        List<String> ways = new ArrayList<>();
        String person = query.person();
        String requestId = query.requestId();
        if (person == null && requestId != null) {
            ways.addAll(statement.ofRequest(requestId));
        }
        if (person != null) {
            String folded = statement.parameter(String.valueOf(LogEntry.folded(person)));
            String exact = statement.parameter(String.valueOf(LogEntry.kept(person)));
            NAME_COLUMNS.forEach(
                    column -> ways.add(" and l." + column + " = " + (column.equals("external_id") ? exact : folded)));
            resources.forEach(id -> ways.add(" and l.resource_id = " + statement.parameter(id)));
        }
        return ways;
    }

    /** SQL and its parameters. */
    private static final class Statement {

        private final List<Object> parameters = new ArrayList<>();
        private final StringBuilder conditions = new StringBuilder();
        private final Order order;
        private final String limit;

        Statement(String tenant, Order order, int limit) {
            this.order = order;
            parameter(tenant);
            this.limit = parameter((long) limit);
        }

        String parameter(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }

        void restrict(LogQuery query, @Nullable UUID after) {
            add(" and l.id " + order.beyond + " ", after);
            add(" and l.id >= ", query.since() == null ? null : EntryIds.first(query.since()));
            add(" and l.id < ", query.until() == null ? null : EntryIds.first(query.until()));
            add(" and l.method = ", query.method());
            add(" and l.resource_id = ", query.resourceId());
            if (query.outcome() != null) {
                // Written out: the index of errors serves no parameter.
                conditions
                        .append(" and l.outcome = '")
                        .append(query.outcome().keyword())
                        .append('\'');
            }
            if (query.requestId() != null && query.person() != null) {
                conditions
                        .append(" and (true")
                        .append(String.join(" or true", ofRequest(query.requestId())))
                        .append(')');
            }
        }

        /** A request's id is that of its entry, unless the client has sent one. */
        List<String> ofRequest(String requestId) {
            List<String> ways = new ArrayList<>();
            EntryIds.parse(requestId).ifPresent(id -> ways.add(" and l.id = " + parameter(id)));
            ways.add(" and l.request_id = " + parameter(requestId));
            return ways;
        }

        private void add(String condition, @Nullable Object value) {
            if (value != null) {
                conditions.append(condition).append(parameter(value));
            }
        }

        String select(String columns, String way) {
            return "select " + columns + " from provisioning_log l where l.tenant_id = $1" + conditions + way + end();
        }

        String end() {
            return " order by l.id " + order.direction + " limit " + limit;
        }
    }

    private static LogEntry entry(Row row) {
        UUID id = row.getUUID("id");
        String requestId = row.getString("request_id");
        String advice = row.getString("advice");
        return new LogEntry(
                row.getString("tenant_id"),
                id,
                requestId == null ? id.toString() : requestId,
                row.getInteger("operation"),
                row.getBoolean("operator"),
                row.getString("token_id"),
                row.getString("method"),
                row.getString("resource_type"),
                row.getUUID("resource_id"),
                new Identity(row.getString("user_name"), row.getString("external_id"), row.getString("display_name")),
                row.getInteger("status"),
                Outcome.of(row.getString("outcome")).orElseThrow(),
                row.getString("scim_type"),
                row.getString("reason"),
                advice == null ? null : Advice.named(advice).orElse(Advice.OTHER),
                LogNames.names(row.getString("query")),
                LogNames.names(row.getString("ignored")),
                LogNames.changes(row.getString("changes")),
                row.getInteger("micros"));
    }
}
