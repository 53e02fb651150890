package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings {@code requireOneOf} and {@code departments.unmapped}: what the users of a tenant must have. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class UserRulesTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String NUMBER = ENTERPRISE + ":employeeNumber";
    private static final String ONE_OF = "{\"requireOneOf\":[\"emails\",\"" + NUMBER + "\"]}";
    private static final String DEPARTMENTS =
            "{\"departments\":{\"map\":{\"Research\":\"R&D\",\"Verkauf\":\"Sales\"},\"unmapped\":\"reject\"}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'emails':[{'type':'home','value':'a@x.org'}]",
                "'" + ENTERPRISE + "':{'employeeNumber':'7'}",
                "'emails':[{'value':'a@x.org'}],'" + ENTERPRISE + "':{'employeeNumber':'7'}"
            })
    void oneOfThemIsEnough(String attributes) {
        new Wire(Api.newTenant(ONE_OF))
                .post("/Users", "{'userName':'ada'," + attributes + "}")
                .is(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'title':'Dr'",
                "'emails':[]",
                "'emails':[{'type':'work','display':'Ada'}]",
                "'emails':[{'type':'work','value':' '}]",
                "'" + ENTERPRISE + "':{'employeeNumber':''}",
                "'" + ENTERPRISE + "':{'costCenter':'7'}"
            })
    void noneOfThemIsRefused(String attributes) {
        assertNamesBoth(new Wire(Api.newTenant(ONE_OF)).post("/Users", "{'userName':'ada'," + attributes + "}"));
    }

    @Test
    void theLastOfThemCannotBeTakenAway() {
        Wire wire = new Wire(Api.newTenant(ONE_OF));
        String user = "/Users/"
                + wire.post("/Users", "{'userName':'ada','emails':[{'type':'work','value':'a@x.org'}]}")
                        .is(201)
                        .id();
        assertNamesBoth(wire.operations(user, "{'op':'remove','path':'emails'}"));
        assertNamesBoth(wire.operations(user, "{'op':'remove','path':'emails[type eq \\\"work\\\"].value'}"));
        assertNamesBoth(wire.put(user, "{'userName':'ada'}"));
        wire.operations(user, "{'op':'remove','path':'emails'}", "{'op':'add','path':'" + NUMBER + "','value':'7'}")
                .is(200);
        assertNamesBoth(wire.operations(user, "{'op':'remove','path':'" + NUMBER + "'}"));
        assertEquals(
                "7", wire.get(user).at("/" + ENTERPRISE).path("employeeNumber").asText());
    }

    @Test
    void bulkIsHeldToTheRules() {
        Wire wire = new Wire(Api.newTenant(ONE_OF));
        Exchange bulk = wire.post(
                        "/Bulk",
                        "{'Operations':[{'method':'POST','bulkId':'a','path':'/Users','data':{'userName':'a'}},"
                                + "{'method':'POST','bulkId':'b','path':'/Users','data':{'userName':'b','emails':[{'value':'b@x.org'}]}},"
                                + "{'method':'PATCH','path':'/Users/bulkId:b','data':{'Operations':[{'op':'remove','path':'emails'}]}}]}")
                .is(200);
        assertEquals("400", bulk.text("/Operations/0/status"));
        assertEquals("invalidValue", bulk.text("/Operations/0/response/scimType"));
        assertEquals("201", bulk.text("/Operations/1/status"));
        assertEquals("400", bulk.text("/Operations/2/status"));
    }

    /** A rule must not stop the end of an account that is older than the rule. */
    @Test
    void aChangeOfSomethingElseIsNotHeldToALaterRule() {
        Api api = Api.newTenant();
        Wire wire = new Wire(api);
        String user = "/Users/"
                + wire.post("/Users", "{'userName':'ada','" + ENTERPRISE + "':{'department':'Alchemy'}}")
                        .is(201)
                        .id();
        Api.admin()
                .body(ONE_OF.substring(0, ONE_OF.length() - 1) + "," + DEPARTMENTS.substring(1))
                .put("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(200);
        wire.operations(user, "{'op':'replace','path':'active','value':false}").is(200);
        wire.put(user, "{'userName':'ada','" + ENTERPRISE + "':{'department':'Research'}}")
                .isError(400, "invalidValue");
    }

    @Test
    void groupsHaveNoSuchRules() {
        new Wire(Api.newTenant(ONE_OF)).post("/Groups", "{'displayName':'all'}").is(201);
    }

    @Test
    void aDepartmentThatTheProductDoesNotKnowIsRefused() {
        Wire wire = new Wire(Api.newTenant(DEPARTMENTS));
        assertNamesAlchemy(wire.post("/Users", department("Alchemy")));
        String user =
                "/Users/" + wire.post("/Users", department("RESEARCH")).is(201).id();
        String path = "'path':'" + ENTERPRISE + ":department'";
        assertNamesAlchemy(wire.operations(user, "{'op':'replace'," + path + ",'value':'Alchemy'}"));
        assertNamesAlchemy(wire.put(user, department("Alchemy")));
        wire.operations(user, "{'op':'replace'," + path + ",'value':'verkauf'}").is(200);
        wire.operations(user, "{'op':'remove'," + path + "}").is(200);
        wire.newUser("nobody");
    }

    @Test
    void aLongListOfDepartmentsIsNotShown() {
        String map = IntStream.range(0, 50)
                .mapToObj(n -> "\"secret" + n + "\":\"x\"")
                .collect(Collectors.joining(","));
        Exchange refused = new Wire(Api.newTenant("{\"departments\":{\"map\":{" + map + "},\"unmapped\":\"reject\"}}"))
                .post("/Users", department("Alchemy"))
                .isError(400, "invalidValue");
        assertFalse(refused.text("/detail").contains("secret"));
    }

    @Test
    void departmentsCanStandInAnotherAttribute() {
        Wire wire = new Wire(Api.newTenant(
                "{\"departments\":{\"from\":\"title\",\"map\":{\"Boss\":\"Management\"},\"unmapped\":\"reject\"}}"));
        wire.post("/Users", department("Alchemy")).is(201);
        assertTrue(wire.post("/Users", "{'userName':'b','title':'Clerk'}")
                .isError(400, "invalidValue")
                .text("/detail")
                .contains("title"));
    }

    private static String department(String department) {
        return "{'userName':'ada','" + ENTERPRISE + "':{'department':'" + department + "'}}";
    }

    private static void assertNamesBoth(Exchange refused) {
        String detail = refused.isError(400, "invalidValue").text("/detail");
        assertTrue(detail.contains("emails") && detail.contains(NUMBER), detail);
    }

    private static void assertNamesAlchemy(Exchange refused) {
        String detail = refused.isError(400, "invalidValue").text("/detail");
        assertTrue(
                detail.contains(ENTERPRISE + ":department")
                        && detail.contains("\"Alchemy\"")
                        && detail.endsWith("Research, Verkauf"),
                detail);
    }
}
