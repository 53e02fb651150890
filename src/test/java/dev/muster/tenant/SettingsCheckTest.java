package dev.muster.tenant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault of a settings document is found, and pointed at. */
class SettingsCheckTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"colour":"red"}                                                         | /colour
            {"a/b~c":1}                                                              | /a~1b~0c
            {"mode":"later"}                                                         | /mode
            {"mode":7}                                                               | /mode
            {"signIn":"magic"}                                                       | /signIn
            {"activation":true}                                                      | /activation
            {"nestedGroups":"deny"}                                                  | /nestedGroups
            {"logRetentionDays":0}                                                   | /logRetentionDays
            {"logRetentionDays":1.5}                                                 | /logRetentionDays
            {"attributes":[]}                                                        | /attributes
            {"attributes":{"off":{}}}                                                | /attributes/off
            {"attributes":{"unsupported":"drop"}}                                    | /attributes/unsupported
            {"attributes":{"on":{"User":"title"}}}                                   | /attributes/on/User
            {"attributes":{"on":{"User":["title","Title~"]}}}                        | /attributes/on/User/1
            {"attributes":{"on":{"User":["emails[type eq \\"work\\"].value"]}}}      | /attributes/on/User/0
            {"attributes":{"on":{"User/x":["title"]}}}                               | /attributes/on/User~1x
            {"attributes":{"on":{"Group":["userName"]}}}                             | /attributes/on/Group/0
            {"matching":{"by":[]}}                                                   | /matching/by
            {"matching":{"by":["email","email"]}}                                    | /matching/by
            {"matching":{"by":["mail"]}}                                             | /matching/by/0
            {"matching":{"by":["userName"],"review":["email"]}}                      | /matching/review
            {"matching":{"review":["email"]}}                                        | /matching/review
            {"uniqueness":"emails.value"}                                            | /uniqueness
            {"uniqueness":["emails.value","mails"]}                                  | /uniqueness/1
            {"uniqueness":["name"]}                                                  | /uniqueness/0
            {"uniqueness":["password"]}                                              | /uniqueness/0
            {"uniqueness":["emails[type eq \\"work\\"].value"]}                      | /uniqueness/0
            {"requireOneOf":["emails","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:badge"]} | /requireOneOf/1
            {"requireOneOf":["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]} | /requireOneOf/0
            {"uniqueness":["id"]}                                                    | /uniqueness/0
            {"requireOneOf":["emails","meta.created"]}                               | /requireOneOf/1
            {"departments":{"from":"groups.display"}}                                | /departments/from
            {"accountFields":{"a":{"from":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName"}}} | /accountFields/a/from
            {"scope":""}                                                             | /scope
            {"scope":"userName"}                                                     | /scope
            {"scope":"colour eq \\"red\\""}                                          | /scope
            {"deprovisioning":{"action":"forget"}}                                   | /deprovisioning/action
            {"deprovisioning":{"action":"block","retentionDays":-1}}                 | /deprovisioning/retentionDays
            {"deprovisioning":{"action":"block","retentionDays":36501}}              | /deprovisioning/retentionDays
            {"deprovisioning":{"action":"disable","retentionDays":30}}               | /deprovisioning/retentionDays
            {"deprovisioning":{"retentionDays":30}}                                  | /deprovisioning/retentionDays
            {"accountFields":{"1st":{"from":"title"}}}                               | /accountFields/1st
            {"accountFields":{"title":"title"}}                                      | /accountFields/title
            {"accountFields":{"title":{}}}                                           | /accountFields/title
            {"accountFields":{"title":{"from":"title","constant":"x"}}}              | /accountFields/title
            {"accountFields":{"title":{"from":"titel"}}}                             | /accountFields/title/from
            {"accountFields":{"mail":{"from":"emails[typo eq \\"work\\"].value"}}}   | /accountFields/mail/from
            {"accountFields":{"title":{"from":"title","letters":"camel"}}}           | /accountFields/title/letters
            {"accountFields":{"title":{"from":"title","lookup":{"a":1}}}}            | /accountFields/title/lookup/a
            {"accountFields":{"title":{"from":"title","fallback":"x"}}}              | /accountFields/title/fallback
            {"departments":{"from":"departement"}}                                   | /departments/from
            {"departments":{"map":{"R/D":7}}}                                        | /departments/map/R~1D
            {"departments":{"unmapped":"drop"}}                                      | /departments/unmapped
            {"roles":[{"role":"admin"}]}                                             | /roles/0
            {"roles":[{"displayName":"A","role":"a"},{"displayName":"B","externalId":"b","role":"b"}]} | /roles/1
            {"roles":[{"displayName":"A"}]}                                          | /roles/0/role
            {"deletionGuard":{}}                                                     | /deletionGuard
            {"deletionGuard":{"windowMinutes":5}}                                    | /deletionGuard
            {"deletionGuard":{"count":-1}}                                           | /deletionGuard/count
            {"deletionGuard":{"count":3000000000}}                                   | /deletionGuard/count
            {"deletionGuard":{"share":0}}                                            | /deletionGuard/share
            {"deletionGuard":{"share":1.01}}                                         | /deletionGuard/share
            {"deletionGuard":{"count":1,"windowMinutes":0}}                          | /deletionGuard/windowMinutes
            {"deletionGuard":{"count":1,"windowMinutes":10081}}                      | /deletionGuard/windowMinutes
            {"preset":"keycloak"}                                                    | /preset
            {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a","type":"text"}]}]} | /schemas/0/attributes/0/type
            {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a","colour":"red"}]}]}| /schemas/0/attributes/0/colour
            {"schemas":[{"id":"urn:x:y","attributes":[{"name":"1st"}]}]}             | /schemas/0/attributes/0
            {"schemas":[{"id":"urn:x:y","attributes":[]}]}                           | /schemas/0/attributes
            {"schemas":[{"id":"urn:x:y"}]}                                           | /schemas/0/attributes
            {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a"}]},{"id":"urn:x:y","attributes":[{"name":"a"}]}]} | /schemas/1
            {"schemas":[{"id":"urn:x:y","resourceType":"Car","attributes":[{"name":"a"}]}]} | /schemas/0
            {"resourceTypes":[{"name":"Car","endpoint":"/Cars","schema":"urn:x:car"}]} | /resourceTypes/0
            """)
    void pointsAtTheField(String document, String field) throws JsonProcessingException {
        TenantProblem problem = assertThrows(TenantProblem.class, () -> TenantSettings.check(read(document)));
        assertEquals(field, problem.field(), problem.detail());
        assertEquals(TenantProblem.Kind.INVALID, problem.kind());
        assertFalse(problem.detail().isBlank());
    }

    @Test
    void listsEveryFault() throws JsonProcessingException {
        TenantProblem form = assertThrows(
                TenantProblem.class,
                () -> TenantSettings.check(read("{\"mode\":\"x\",\"roles\":[{\"displayName\":\"A\"}],\"colour\":1}")));
        assertEquals(
                List.of("/mode", "/roles/0/role", "/colour"),
                form.faults().stream().map(Fault::field).toList());
        TenantProblem meaning = assertThrows(
                TenantProblem.class,
                () -> TenantSettings.check(read("{\"uniqueness\":[\"a\",\"b\"],\"scope\":\"c pr\"}")));
        assertEquals(
                List.of("/uniqueness/0", "/uniqueness/1", "/scope"),
                meaning.faults().stream().map(Fault::field).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"scope\":null,\"mode\":null,\"deletionGuard\":null,\"accountFields\":null,\"preset\":null}",
                "{\"preset\":\"entra\"}",
                "{\"preset\":\"okta\",\"matching\":{\"by\":[\"email\"]}}",
                "{\"preset\":\"generic\",\"deprovisioning\":{\"action\":\"block\",\"retentionDays\":0}}",
                "{\"scope\":\"not (userType eq \\\"External\\\") and emails[type eq \\\"work\\\"]\"}",
                "{\"uniqueness\":[\"emails\",\"emails.value\",\"EMAILS.value\"]}",
                "{\"accountFields\":{\"mail\":{\"from\":\"emails[type eq \\\"work\\\"].value\",\"letters\":\"lower\"},"
                        + "\"boss\":{\"from\":\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager\"},"
                        + "\"kind\":{\"constant\":\"\",\"lookup\":{}}}}",
                "{\"logRetentionDays\":30.0,\"deprovisioning\":{\"action\":\"block\",\"retentionDays\":30.0}}",
                "{\"deletionGuard\":{\"count\":5.0,\"windowMinutes\":60.0}}",
                "{\"deletionGuard\":{\"count\":0}}",
                "{\"deletionGuard\":{\"share\":1,\"windowMinutes\":10080}}",
                "{\"attributes\":{\"on\":{\"User\":[\"title\",\"name.givenName\"],\"Group\":[]}}}"
            })
    void acceptsWhatIsMeant(String document) throws JsonProcessingException {
        ObjectNode settings = read(document);
        assertDoesNotThrow(() -> TenantSettings.check(settings));
        ObjectNode whole = TenantSettings.withDefaults(settings);
        assertDoesNotThrow(() -> TenantSettings.check(whole));
        assertEquals(whole, TenantSettings.withDefaults(whole));
        assertEquals(TenantSettings.parse(settings), TenantSettings.parse(whole));
    }

    @Test
    void refusesWhatTheDatabaseCannotKeep() throws JsonProcessingException {
        for (String document : List.of(
                "{\"roles\":[{\"displayName\":\"a\\u0000\",\"role\":\"x\"}]}",
                "{\"departments\":{\"map\":{\"a\\u0000\":\"b\"}}}",
                "{\"deletionGuard\":{\"share\":1e999}}")) {
            assertThrows(TenantProblem.class, () -> TenantSettings.check(read(document)), document);
        }
        ObjectNode document = read("{\"deletionGuard\":{}}");
        document.withObject("/deletionGuard").set("share", DoubleNode.valueOf(Double.NaN));
        assertEquals(
                "/deletionGuard/share",
                assertThrows(TenantProblem.class, () -> TenantSettings.check(document))
                        .field());
    }

    @Test
    void aPathIsLookedUpInTheTenantsOwnSchemas() throws JsonProcessingException {
        String declared = "{\"schemas\":[{\"id\":\"urn:x:y\",\"attributes\":[{\"name\":\"source\"}]}],"
                + "\"uniqueness\":[\"urn:x:y:source\"]}";
        assertDoesNotThrow(() -> TenantSettings.check(read(declared)));
        assertThrows(TenantProblem.class, () -> TenantSettings.check(read("{\"uniqueness\":[\"urn:x:y:source\"]}")));
    }

    private static ObjectNode read(String document) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(document);
    }
}
