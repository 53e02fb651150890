package dev.muster.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A tenant's accounts and events as they stand in the database, once all of its changes have been worked off. */
public final class Accounts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api;

    /** The accounts of the tenant of {@code api}. */
    public Accounts(Api api) {
        this.api = api;
    }

    /** The account of the user with that name, as the database has it: a row as a JSON object. */
    public JsonNode named(String userName) {
        return only("select to_json(a) from account a where a.tenant_id = ? and a.user_name = '" + userName + "'");
    }

    /** All accounts, by id. */
    public List<JsonNode> all() {
        return rows("select to_json(a) from account a where a.tenant_id = ? order by a.id");
    }

    /** What waits, the oldest first. */
    public List<JsonNode> pending() {
        return rows("select to_json(p) from pending p where p.tenant_id = ? order by p.since, p.resource_id");
    }

    /** The types of the events in their order. */
    public List<String> events() {
        return rows("select to_json(e) from event e where e.tenant_id = ? order by e.sequence").stream()
                .map(event -> event.path("type").asText())
                .toList();
    }

    private JsonNode only(String sql) {
        List<JsonNode> rows = rows(sql);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows: " + rows);
        }
        return rows.getFirst();
    }

    private List<JsonNode> rows(String sql) {
        awaitDrained();
        try (Connection connection = TestDatabase.superuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, api.tenant());
            List<JsonNode> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(JSON.readTree(result.getString(1)));
                }
            }
            return rows;
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until no change of the tenant, and no projection of all, is left. */
    public void awaitDrained() {
        Await.count(
                0,
                "select (select count(*) from change where tenant_id = t.id)"
                        + " + (case when projection_due is null then 0 else 1 end) from tenant t where t.id = ?",
                api.tenant());
    }
}
