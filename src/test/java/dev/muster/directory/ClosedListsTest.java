package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Attributes of the enterprise extension that take only values which are configured beforehand. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ClosedListsTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String SETTINGS = """
            {"schemas":[{"id":"%s","attributes":[
                {"name":"division","canonicalValues":["North","South"],"restrictToCanonicalValues":true},
                {"name":"department","canonicalValues":["IT"],"restrictToCanonicalValues":true}]}]}""".formatted(ENTERPRISE);

    @Test
    void anotherValueIsRefusedAndNamed() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        assertNames("division", "West", wire.post("/Users", user("'division':'West'")));
        String user = "/Users/"
                + wire.post("/Users", user("'division':'North','department':'IT'"))
                        .is(201)
                        .id();
        assertNames("department", "HR", wire.put(user, user("'department':'HR'")));
        assertNames(
                "division",
                "West",
                wire.operations(user, "{'op':'replace','path':'" + ENTERPRISE + ":division','value':'West'}"));
        assertNames(
                "department",
                "HR",
                wire.operations(user, "{'op':'add','value':{'" + ENTERPRISE + "':{'department':'HR'}}}"));
        Exchange bulk = wire.post(
                "/Bulk",
                "{'Operations':[{'method':'POST','bulkId':'a','path':'/Users','data':" + user("'division':'West'")
                        + "}]}");
        assertEquals("400", bulk.text("/Operations/0/status"));
        assertEquals(
                "North", wire.get(user).at("/" + ENTERPRISE).path("division").asText());
    }

    @Test
    void whatIsNotDeclaredAgainStaysAsItIs() {
        Wire wire = new Wire(Api.newTenant(SETTINGS));
        assertEquals(6, wire.get("/Schemas/" + ENTERPRISE).at("/attributes").size());
        assertEquals("EnterpriseUser", wire.get("/Schemas/" + ENTERPRISE).text("/name"));
        wire.post("/Users", user("'employeeNumber':'7','manager':{'value':'26118915-6090-4610-87e4-49d8ca9f808d'}"))
                .is(201);
        assertEquals(
                1, wire.query("/Users", ENTERPRISE + ":employeeNumber eq \"7\"").totalResults());
    }

    private static String user(String enterprise) {
        return "{'userName':'ada','" + ENTERPRISE + "':{" + enterprise + "}}";
    }

    private static void assertNames(String attribute, String value, Exchange refused) {
        String detail = refused.isError(400, "invalidValue").text("/detail");
        assertTrue(detail.contains(ENTERPRISE + ":" + attribute) && detail.contains(value), detail);
    }
}
