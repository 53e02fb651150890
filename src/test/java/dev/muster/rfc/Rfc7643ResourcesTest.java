package dev.muster.rfc;

import static dev.muster.rfc.Rfc7644Example.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Rfc7643;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources of RFC 7643 §8, created over HTTP and read back as they were sent. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class Rfc7643ResourcesTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @ParameterizedTest(name = "§{0}, {1}")
    @CsvSource({
        "8.1-minimal-user, compat",
        "8.1-minimal-user, strict",
        "8.2-full-user, compat",
        "8.2-full-user, strict",
        "8.3-enterprise-user, compat",
        "8.3-enterprise-user, strict"
    })
    void usersAreReadBackAsTheyWereSent(String section, String conformance) {
        Wire wire = new Wire(Api.newTenant("{\"conformance\":\"" + conformance + "\"}"));
        ObjectNode example = Rfc7643.example(section).deepCopy();
        if (conformance.equals("strict") && example.has("password")) {
            wire.post("/Users", example.toString()).isError(400, "invalidSyntax");
            example.remove("password");
        }
        Exchange created = wire.post("/Users", example.toString()).is(201);
        Exchange read = wire.get("/Users/" + created.id()).is(200);
        assertEquals(created.body(), read.body());
        // readOnly (§4.1.2, §4.3) and never returned (§4.1.1); an explicit "primary": false is kept as it is.
        example.remove(List.of("id", "meta", "groups", "password"));
        if (example.path(ENTERPRISE).path("manager") instanceof ObjectNode manager) {
            manager.remove("displayName");
        }
        assertEquals(example, sent(read));
        assertEquals("User", read.text("/meta/resourceType"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compat", "strict"})
    @DisplayName("§8.4: a group with two members, who are there")
    void theGroupHasItsMembers(String conformance) {
        Wire wire = new Wire(Api.newTenant("{\"conformance\":\"" + conformance + "\"}"));
        String babs = wire.newUser("bjensen");
        String mandy = wire.newUser("mpepperidge");
        JsonNode example = Rfc7643.example("8.4-group");
        String body = example.toString()
                .replace(example.at("/members/0/value").asText(), babs)
                .replace(example.at("/members/1/value").asText(), mandy);
        Exchange created = wire.post("/Groups", body).is(201);
        Exchange read = wire.get("/Groups/" + created.id()).is(200);
        assertEquals("Tour Guides", read.text("/displayName"));
        assertEquals(example.at("/schemas"), read.at("/schemas"));
        assertEquals("Group", read.text("/meta/resourceType"));
        assertEquals(
                Stream.of(babs, mandy).sorted().toList(),
                read.at("/members").findValuesAsText("value").stream().sorted().toList());
        for (JsonNode member : read.at("/members")) {
            assertEquals(
                    wire.tenantUrl() + "/Users/" + member.path("value").asText(),
                    member.path("$ref").asText());
        }
        assertEquals(created.id(), wire.get("/Users/" + babs).text("/groups/0/value"));
        assertEquals("Tour Guides", wire.get("/Users/" + babs).text("/groups/0/display"));
    }

    @Test
    @DisplayName("§8.2, §4.1.1: a password is never returned")
    void aPasswordIsNeverReturned() {
        Wire wire = Wire.toNewTenant();
        Exchange created =
                wire.post("/Users", Rfc7643.example("8.2-full-user").toString()).is(201);
        assertFalse(created.body().toString().contains("t1meMa$heen"));
        assertFalse(wire.get("/Users/" + created.id() + "?attributes=password")
                .body()
                .has("password"));
    }

    @Test
    @DisplayName("§8.3: the manager of an enterprise user, as a user that exists")
    void theManagerIsKept() {
        Wire wire = Wire.toNewTenant();
        String manager = wire.newUser("jsmith");
        JsonNode example = Rfc7643.example("8.3-enterprise-user");
        String body = example.toString()
                .replace(example.path(ENTERPRISE).at("/manager/value").asText(), manager);
        String user = "/Users/" + wire.post("/Users", body).is(201).id();
        assertEquals(
                manager,
                wire.get(user).body().path(ENTERPRISE).at("/manager/value").asText());
        assertEquals(
                1,
                wire.query("/Users", ENTERPRISE + ":manager.value eq \"" + manager + "\"")
                        .totalResults());
    }
}
