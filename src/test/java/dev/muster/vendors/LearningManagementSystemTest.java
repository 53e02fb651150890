package dev.muster.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.BriefToken;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide of the "Learning Management System", with Azure AD. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class LearningManagementSystemTest {

    private static final Duration SOON = Duration.ofSeconds(2);

    private VendorTenant lms;
    private SecretTokens tokens;
    private EntraId azure;

    @BeforeEach
    void connected() {
        lms = VendorTenant.of("lms");
        azure = SecretTokens.entra(lms.api());
        tokens = new SecretTokens(lms);
    }

    private void sync(String... settings) {
        lms.change("{'mode':'sync'" + (settings.length == 0 ? "" : "," + String.join(",", settings)) + "}");
    }

    @Test
    @DisplayName("5.a the settings show the Tenant URL, and Azure's test connection passes with it")
    void theTenantUrlIsShown() {
        String shown = lms.read("").path("tenantUrl").asText();
        assertEquals(azure.wire().tenantUrl(), shown);
        azure.testConnection();
    }

    @Test
    @DisplayName("5.b dry-run: users and groups are accepted, marked pending, and not created in the product")
    void inDryRunTheProductSeesNothing() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace").with("title", "Countess");
        String id = azure.provision(ada);
        String group = azure.provisionGroup("g-1", "Analysts", id);
        assertEquals(id, azure.match(ada).text("/Resources/0/id"));
        assertEquals(id, azure.wire().get("/Groups/" + group).is(200).text("/members/0/value"));

        assertEquals(List.of(), lms.accounts(""));
        assertEquals(List.of(), lms.groups());
        List<JsonNode> pending = lms.pending();
        assertEquals(
                Set.of("create User " + id, "create Group " + group),
                pending.stream()
                        .map(entry -> entry.path("action").asText() + " "
                                + entry.path("type").asText() + " "
                                + entry.path("resourceId").asText())
                        .collect(Collectors.toSet()));
        pending.forEach(entry -> assertEquals("dry-run", entry.path("reason").asText()));
    }

    @Test
    @DisplayName("5.b dry-run: an operator releases what is pending, and what comes then is pending again")
    void whatIsPendingIsReleased() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        EntraUser grace = EntraUser.called("Grace", "Hopper");
        String id = azure.provision(ada);
        azure.provision(grace);
        assertEquals(2, lms.pending().size());
        lms.decide("release", "{'ids':['" + id + "']}");
        assertEquals(1, lms.pending().size());
        JsonNode released = lms.account(ada);
        assertEquals(List.of(), lms.accounts("?userName=" + grace.userName()));

        azure.update(id, EntraId.add("title", "Countess")).is(200);

        assertEquals(2, lms.pending().size());
        assertEquals(released, lms.account(ada));
        lms.decide("release", "{}");
        assertEquals(List.of(), lms.pending());
        assertEquals("Countess", lms.account(ada).at("/fields/title").asText());
        assertEquals(2, lms.accounts("").size());
    }

    @Test
    @DisplayName("5.b on switching to sync all that is pending is processed")
    void whatIsPendingIsProcessedOnSwitchingToSync() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        EntraUser grace = EntraUser.called("Grace", "Hopper");
        EntraUser gone = EntraUser.called("Alan", "Turing");
        String adaId = azure.provision(ada);
        String graceId = azure.provision(grace);
        String goneId = azure.provision(gone);
        azure.provisionGroup("g-1", "Analysts", adaId, graceId);
        azure.update(adaId, EntraId.add("title", "Countess")).is(200);
        azure.softDelete(goneId);
        azure.delete(goneId);
        assertEquals(3, lms.pending().size());

        sync();

        assertEquals(List.of(), lms.pending());
        assertEquals("Countess", lms.account(ada).at("/fields/title").asText());
        assertEquals(
                Set.of(ada.userName(), grace.userName()),
                lms.accounts("").stream()
                        .map(account -> account.path("userName").asText())
                        .collect(Collectors.toSet()));
        JsonNode group = lms.groups().getFirst();
        assertEquals("Analysts", group.path("displayName").asText());
        assertEquals(
                Set.of(ada.userName(), grace.userName()),
                Set.copyOf(lms.members(group.path("id").asText())));
        azure.update(graceId, EntraId.add("title", "Admiral")).is(200);
        assertEquals("Admiral", lms.account(grace).at("/fields/title").asText());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("5.c users authenticate by password or by single sign-on")
    @CsvSource({"password", "sso"})
    void theSignInIsThatOfTheSettings(String signIn) {
        sync("'signIn':'" + signIn + "'");
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        azure.provision(ada);
        assertEquals(signIn, lms.account(ada).path("signIn").asText());

        String other = signIn.equals("sso") ? "password" : "sso";
        lms.change("{'signIn':'" + other + "'}");
        assertEquals(other, lms.account(ada).path("signIn").asText());
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @DisplayName("5.d activation is automatic or manual; with single sign-on always automatic")
    @CsvSource({
        "password, automatic, active",
        "password, manual, pending",
        "sso, automatic, active",
        "sso, manual, active"
    })
    void newUsersAreActivatedAsTheSettingsSay(String signIn, String activation, String status) {
        sync("'signIn':'" + signIn + "'", "'activation':'" + activation + "'");
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        azure.provision(ada);
        assertEquals(status, lms.status(ada));
    }

    @Test
    @DisplayName("5.d who waits for activation is activated by an operator, and stays so")
    void anOperatorActivates() {
        sync();
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        String id = azure.provision(ada);
        assertEquals("pending", lms.status(ada));
        Api.admin()
                .post(
                        "/admin/api/tenants/{id}/accounts/{account}/activate",
                        lms.api().tenant(),
                        lms.account(ada).path("id").asText())
                .then()
                .statusCode(200);
        assertEquals("active", lms.status(ada));

        azure.softDelete(id);
        assertEquals("inactive", lms.status(ada));
        azure.update(id, EntraId.replace("active", "True")).is(200);
        assertEquals("active", lms.status(ada));
    }

    @Test
    @DisplayName("5.e deprovisioning: disable user")
    void disabledUsersStay() {
        sync("'activation':'automatic'");
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        String id = azure.provision(ada);
        JsonNode before = lms.account(ada);
        azure.softDelete(id);
        assertEquals("inactive", lms.status(ada));
        azure.delete(id);
        azure.wire().get("/Users/" + id).isError(404);
        assertEquals("inactive", lms.status(ada));

        azure.provision(ada);

        assertEquals(before.path("id"), lms.account(ada).path("id"), "who comes back is the same");
        assertEquals("active", lms.status(ada));
    }

    @Test
    @DisplayName("5.e deprovisioning: delete user, for good")
    void deletedUsersAreGoneForGood() {
        sync("'activation':'automatic'", "'deprovisioning':{'action':'delete'}");
        EntraUser ada = EntraUser.called("Ada", "Lovelace").with("title", "Countess of Lovelace");
        String id = azure.provision(ada);
        String account = lms.account(ada).path("id").asText();
        azure.softDelete(id);
        assertEquals("inactive", lms.status(ada));
        azure.delete(id);

        assertEquals(List.of(), lms.accounts("?userName=" + ada.userName()));
        JsonNode tombstone = lms.accounts("?status=deleted").getFirst();
        assertEquals(account, tombstone.path("id").asText());
        assertEquals(Json.json("{}"), tombstone.path("fields"));
        assertTrue(tombstone.path("userName").isMissingNode(), tombstone::toString);

        azure.provision(ada);
        assertFalse(account.equals(lms.account(ada).path("id").asText()), "who comes back is somebody new");
    }

    @Test
    @DisplayName("5.f a token is generated with an expiry date, by default in a year, and shown once")
    void aTokenExpiresInAYearAndIsShownOnce() {
        JsonNode made = tokens.make("{'description':'Azure AD'}");
        Duration life = Duration.between(
                Instant.now(), Instant.parse(made.path("expiresAt").asText()));
        assertEquals(364, life.toDays());
        Instant chosen = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        JsonNode shorter = tokens.make("{'expiresAt':'" + chosen + "'}");
        assertEquals(chosen, Instant.parse(shorter.path("expiresAt").asText()));
        String secret = made.path("token").asText();
        assertFalse(tokens.listed().toString().contains(secret.substring(secret.lastIndexOf('_') + 1)));
        tokens.entra(made).testConnection();
    }

    @Test
    @DisplayName("5.f a revoked token is refused, and a new one can be made at any time")
    void aRevokedTokenIsRefused() {
        JsonNode lost = tokens.make("{}");
        EntraId connected = tokens.entra(lost);
        connected.testConnection();
        EntraId renewed = tokens.entra(tokens.make("{}"));
        renewed.testConnection();
        connected.testConnection();

        tokens.revoke(lost);

        Exchange refused = connected.create(EntraUser.called("Ada", "Lovelace")).isError(401);
        assertTrue(lms.entry(refused).path("reason").asText().contains("revoked"));
        renewed.testConnection();
        assertEquals(0, renewed.wire().get("/Users").totalResults());
    }

    @Test
    @DisplayName("5.f an expired token is refused")
    void anExpiredTokenIsRefused() {
        String token =
                BriefToken.expired(lms.api().tenant(), good -> probe(good).status());
        Exchange refused = probe(token).isError(401);
        assertTrue(lms.entry(refused).path("reason").asText().contains("expired"));
    }

    private Exchange probe(String token) {
        return SecretTokens.entra(new Api(lms.api().tenant(), token)).probe();
    }

    @Test
    @DisplayName("5.g a password that is sent is neither stored nor logged nor returned")
    void passwordsAreNotSynchronised() throws SQLException {
        sync();
        String secret = "N3ver-k3pt-pa55word";
        EntraUser ada = EntraUser.called("Ada", "Lovelace").with("password", secret);
        Exchange created = azure.create(ada).is(201);
        String id = created.id();
        Exchange changed = azure.update(id, EntraId.replace("password", secret), EntraId.replace("title", "Countess"))
                .is(200);
        Exchange replaced = azure.wire()
                .put("/Users/" + id, ada.json().put("id", id).toString())
                .is(200);
        Exchange filtered = azure.wire().get("/Users" + Wire.filter("password eq \"" + secret + "\""));
        for (Exchange answer : List.of(created, changed, replaced, azure.wire().get("/Users/" + id), filtered)) {
            assertFalse(answer.body().toString().contains(secret), answer::request);
            assertFalse(lms.entry(answer).toString().contains(secret), answer::request);
        }
        assertEquals(Set.of("password"), lms.dropped(created));
        assertFalse(lms.account(ada).toString().contains(secret));
        try (Connection database = TestDatabase.superuser()) {
            List<String> tables =
                    TestDatabase.query(database, "select tablename from pg_tables where schemaname = 'public'");
            assertTrue(tables.contains("resource"), tables::toString);
            for (String table : tables) {
                assertEquals(
                        0,
                        TestDatabase.count(
                                "select count(*) from " + table + " t where t::text like ?", "%" + secret + "%"),
                        table);
            }
        }
    }

    @Test
    @DisplayName("5.h the audit log has every message of the synchronisation")
    void everyMessageIsLogged() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        Exchange probe = azure.probe();
        Exchange created = azure.create(ada).is(201);
        Exchange matched = azure.match(ada);
        Exchange refused = azure.create(ada).isError(409);
        Exchange changed = azure.wire()
                .operations("/Users/" + created.id(), EntraId.replace("active", "False"))
                .is(200);
        Exchange again = azure.wire()
                .operations("/Users/" + created.id(), EntraId.replace("active", "False"))
                .is(200);
        Exchange deleted = azure.wire().delete("/Users/" + created.id()).is(204);
        Exchange late = azure.wire().get("/Users/" + created.id()).isError(404);

        assertLogged(probe, "GET", 200, "success");
        assertLogged(created, "POST", 201, "success");
        assertLogged(matched, "GET", 200, "success");
        assertLogged(refused, "POST", 409, "error");
        assertLogged(changed, "PATCH", 200, "success");
        assertLogged(again, "PATCH", 200, "unchanged");
        assertLogged(deleted, "DELETE", 204, "success");
        assertLogged(late, "GET", 404, "error");
        assertEquals(
                List.of("active"),
                lms.entry(changed)
                        .at("/changes/changed")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
        assertEquals(365, lms.read("/settings").path("logRetentionDays").asInt());
        String export = Api.admin()
                .get("/admin/api/tenants/{id}/log/export", lms.api().tenant())
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertEquals(
                8,
                export.lines()
                        .filter(line -> line.contains("\"identityProvider\""))
                        .count());
    }

    private void assertLogged(Exchange exchange, String method, int status, String outcome) {
        JsonNode entry = lms.entry(exchange);
        assertEquals(method, entry.path("method").asText());
        assertEquals(status, entry.path("status").asInt());
        assertEquals(outcome, entry.path("outcome").asText(), entry::toString);
    }

    @Test
    @DisplayName("5.i real time: what changes in the directory is in the product seconds later")
    void changesAreInTheProductSecondsLater() {
        sync();
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        String path = "/accounts?userName=" + ada.userName();
        // The first requests of a server are slow: this is about those that follow.
        azure.provision(EntraUser.called("Grace", "Hopper"));
        lms.accounts("");

        String id = azure.provision(ada);
        List<Duration> taken = new ArrayList<>();
        taken.add(until(() -> lms.seenNow(path).path("accounts").size() == 1));
        azure.update(id, EntraId.replace("name.familyName", "King")).is(200);
        taken.add(until(() ->
                lms.seenNow(path).at("/accounts/0/fields/familyName").asText().equals("King")));
        azure.softDelete(id);
        taken.add(
                until(() -> lms.seenNow(path).at("/accounts/0/status").asText().equals("inactive")));
        azure.provisionGroup("g-1", "Analysts", id);
        taken.add(until(
                () -> lms.seenNow("/groups?displayName=Analysts").path("groups").size() == 1));
        // A machine that stands still for a moment is no fault of the server.
        assertTrue(taken.stream().sorted().toList().get(1).compareTo(SOON) < 0, taken::toString);
    }

    private static Duration until(BooleanSupplier so) {
        long start = System.nanoTime();
        Await.until("the change is in the product", so);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
