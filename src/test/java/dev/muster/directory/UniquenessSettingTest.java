package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Together;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The setting {@code uniqueness}: values that only one user of the tenant may have. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class UniquenessSettingTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String SETTINGS =
            "{\"uniqueness\":[\"emails\",\"externalId\",\"" + ENTERPRISE + ":employeeNumber\"]}";

    private final Reindexing reindexing;

    @Inject
    UniquenessSettingTest(Reindexing reindexing) {
        this.reindexing = reindexing;
    }

    @Test
    void twoUsersCannotHaveOneValueHoweverItIsSpelt() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        wire.post("/Users", user("ada", "Ada@X.org")).is(201);
        Exchange conflict = wire.post("/Users", user("bob", "ada@x.org")).isError(409, "uniqueness");
        assertTrue(conflict.text("/detail").contains("emails.value"), conflict.text("/detail"));
        assertFalse(
                conflict.body().toString().toLowerCase(java.util.Locale.ROOT).contains("ada"));
        String bob = wire.post("/Users", user("bob", "bob@x.org")).is(201).id();
        wire.operations("/Users/" + bob, "{'op':'add','path':'emails[type eq \\\"home\\\"].value','value':'ADA@x.org'}")
                .isError(409, "uniqueness");
        wire.put("/Users/" + bob, user("bob", "ADA@x.org")).isError(409, "uniqueness");
        wire.operations("/Users/" + bob, "{'op':'add','path':'emails','value':[{'type':'home','value':'BOB@x.org'}]}")
                .is(200);
        assertEquals("bob@x.org", wire.get("/Users/" + bob).text("/emails/0/value"));
    }

    @Test
    void externalIdAndExtensionsCanBeUniqueToo() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        wire.post("/Users", "{'userName':'a','externalId':'1','" + ENTERPRISE + "':{'employeeNumber':'7'}}")
                .is(201);
        assertTrue(wire.post("/Users", "{'userName':'b','externalId':'1'}")
                .isError(409, "uniqueness")
                .text("/detail")
                .contains("externalId"));
        assertTrue(wire.post("/Users", "{'userName':'b','" + ENTERPRISE + "':{'employeeNumber':'7'}}")
                .isError(409, "uniqueness")
                .text("/detail")
                .contains(ENTERPRISE + ":employeeNumber"));
        wire.post("/Groups", "{'displayName':'g','externalId':'1'}").is(201);
        wire.post("/Groups", "{'displayName':'h','externalId':'1'}").is(201);
    }

    @Test
    void schemasShowIt() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        JsonNode emails = named(
                wire.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User").at("/attributes"), "emails");
        assertEquals(
                "server",
                named(emails.path("subAttributes"), "value").path("uniqueness").asText());
        assertEquals(
                "none",
                named(emails.path("subAttributes"), "display")
                        .path("uniqueness")
                        .asText());
        assertEquals(
                "server",
                named(wire.get("/Schemas/" + ENTERPRISE).at("/attributes"), "employeeNumber")
                        .path("uniqueness")
                        .asText());
    }

    @Test
    void anotherTenantMayHaveTheSame() {
        Wire one = new Wire(Api.newTenant(SETTINGS));
        Wire other = new Wire(Api.newTenant(SETTINGS));
        one.post("/Users", user("ada", "a@x.org")).is(201);
        other.post("/Users", user("ada", "a@x.org")).is(201);
    }

    @Test
    void aValueIsFreeAgainWhenItsUserHasGivenItUp() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        String ada = wire.post("/Users", user("ada", "a@x.org")).is(201).id();
        wire.operations("/Users/" + ada, "{'op':'remove','path':'emails'}").is(200);
        String bob = wire.post("/Users", user("bob", "a@x.org")).is(201).id();
        wire.delete("/Users/" + bob).is(204);
        wire.post("/Users", user("eve", "a@x.org")).is(201);
    }

    @Test
    void ofUsersThatComeAtOnceOneGetsTheValue() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        assertEquals(
                Map.of(201, 1L, 409, 19L),
                together(20, n -> wire.post("/Users", user("u" + n, "a@x.org")).status()));
        assertEquals(1, wire.query("/Users", "emails.value eq \"a@x.org\"").totalResults());
    }

    @Test
    void ofChangesThatComeAtOnceOneGetsTheValue() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        List<String> ids =
                IntStream.range(0, 20).mapToObj(n -> wire.newUser("u" + n)).toList();
        assertEquals(
                Map.of(200, 1L, 409, 19L),
                together(
                        20,
                        n -> wire.operations(
                                        "/Users/" + ids.get(n),
                                        "{'op':'replace','path':'emails[type eq \\\"work\\\"].value','value':'a@x.org'}")
                                .status()));
    }

    @Test
    void ofBulkRequestsThatComeAtOnceOneGetsTheValue() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        List<String> statuses = new ArrayList<>();
        Together.run(IntStream.range(0, 4)
                        .<Callable<Exchange>>mapToObj(
                                n -> () -> wire.post("/Bulk", bulk(n)).is(200))
                        .toList())
                .forEach(bulk -> bulk.at("/Operations")
                        .forEach(operation ->
                                statuses.add(operation.path("status").asText())));
        assertEquals(Map.of("201", 4L * 5 + 1, "409", 4L * 2 - 1), counted(statuses));
        assertEquals(1, wire.query("/Users", "emails.value eq \"a@x.org\"").totalResults());
    }

    @Test
    void usersThatAreThereAlreadyKeepTheirValues() throws Throwable {
        Doubles doubles = new Doubles();
        doubles.wire.post("/Users", user("eve", "a@x.org")).isError(409, "uniqueness");
        doubles.wire
                .operations("/Users/" + doubles.ada, "{'op':'add','path':'title','value':'Dr'}")
                .is(200);
        assertEquals("a@x.org", doubles.wire.get("/Users/" + doubles.bob).text("/emails/0/value"));
    }

    @Test
    void whoHasTheSameValueFromBeforeIsChangedAndLeavesLikeAnyOther() throws Throwable {
        Doubles doubles = new Doubles();
        Wire wire = doubles.wire;
        wire.operations("/Users/" + doubles.bob, "{'op':'add','path':'title','value':'Dr'}")
                .is(200);
        wire.put("/Users/" + doubles.bob, user("bob", "A@x.org")).is(200);
        wire.post(
                        "/Bulk",
                        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':["
                                + "{'method':'PUT','path':'/Users/" + doubles.bob + "','data':" + user("bob", "a@x.org")
                                + "},{'method':'PUT','path':'/Users/" + doubles.ada + "','data':"
                                + user("ada2", "a@x.org") + "}]}")
                .is(200)
                .at("/Operations")
                .forEach(operation ->
                        assertEquals("200", operation.path("status").asText(), operation.toString()));
        wire.operations("/Users/" + doubles.bob, "{'op':'replace','path':'active','value':false}")
                .is(200);
        wire.post("/Users", user("eve", "a@x.org")).isError(409, "uniqueness");
        wire.operations("/Users/" + doubles.bob, "{'op':'remove','path':'emails'}")
                .is(200);
        wire.put("/Users/" + doubles.bob, user("bob", "a@x.org")).isError(409, "uniqueness");
    }

    @Test
    void aValueOfTwoIsTheOthersWhenOneHasGivenItUp() throws Throwable {
        Doubles doubles = new Doubles();
        Wire wire = doubles.wire;
        wire.delete("/Users/" + doubles.ada).is(204);
        wire.operations("/Users/" + doubles.bob, "{'op':'add','path':'title','value':'Dr'}")
                .is(200);
        wire.post("/Users", user("eve", "a@x.org")).isError(409, "uniqueness");
    }

    /** Two users of one email address, from before email addresses had to be unique. */
    private final class Doubles {
        private final Wire wire;
        private final String ada;
        private final String bob;

        Doubles() throws Throwable {
            Api api = Api.newTenant();
            wire = new Wire(api);
            ada = wire.post("/Users", user("ada", "a@x.org")).is(201).id();
            bob = wire.post("/Users", user("bob", "a@x.org")).is(201).id();
            Api.admin()
                    .body(SETTINGS)
                    .put("/admin/api/tenants/{id}/settings", api.tenant())
                    .then()
                    .statusCode(200);
            VertxContextSupport.subscribeAndAwait(() -> reindexing.run(api.tenant()));
        }
    }

    private static String bulk(int request) {
        String operations = IntStream.range(0, 7)
                .mapToObj(n -> "{'method':'POST','bulkId':'" + n + "','path':'/Users','data':"
                        + user(request + "-" + n, n < 2 ? "a@x.org" : request + "-" + n + "@x.org") + "}")
                .collect(Collectors.joining(","));
        return "{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':[" + operations + "]}";
    }

    private static String user(String userName, String email) {
        return "{'userName':'" + userName + "','emails':[{'type':'work','value':'" + email + "'}]}";
    }

    private static Map<Integer, Long> together(int count, IntFunction<Integer> request) {
        return counted(Together.run(IntStream.range(0, count)
                .<Callable<Integer>>mapToObj(n -> () -> request.apply(n))
                .toList()));
    }

    private static <T> Map<T, Long> counted(List<T> answers) {
        return answers.stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static JsonNode named(JsonNode attributes, String name) {
        return attributes
                .valueStream()
                .filter(attribute -> attribute.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
