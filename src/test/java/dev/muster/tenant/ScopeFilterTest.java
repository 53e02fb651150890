package dev.muster.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.Json;
import dev.muster.scim.filter.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeFilterTest {

    @Test
    void withoutTheSettingThereIsNone() {
        assertNull(read(Json.object("{}")));
        assertNull(read(Json.object("{'scope':null}")));
    }

    @Test
    void isAFilterOfUsers() {
        assertNotNull(scope("userType eq \"Employee\" and emails[type eq \"work\" and value ew \"@example.com\"]"));
    }

    @Test
    void knowsTheSchemasOfTheSameSettings() {
        ObjectNode settings = Json.object("{'schemas':[{'id':'urn:example:2.0:User','resourceType':'User',"
                + "'attributes':[{'name':'source','type':'string'}]}]}");
        assertNotNull(read(settings.put("scope", "urn:example:2.0:User:source eq \"hr\"")));
        assertProblem("no such attribute without them", "urn:example:2.0:User:source eq \"hr\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            no grammar              | userType eq
            empty                   |
            unknown attribute       | shoeSize eq "44"
            never returned          | password pr
            attribute of a group    | members pr
            its own id              | id sw "0"
            moments                 | userType pr and not (meta.created lt "2020-01-01T00:00:00Z")
            derived groups          | groups[value eq "x"]
            a derived sub-attribute | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName pr
            """)
    void whatUsersDoNotSayOfThemselvesCannotLimitThem(String what, String scope) {
        assertProblem(what, scope == null ? "" : scope);
    }

    private static void assertProblem(String what, String scope) {
        TenantProblem problem = assertThrows(TenantProblem.class, () -> scope(scope), what);
        assertEquals("/scope", problem.field(), what);
        assertTrue(problem.getMessage().length() > 20, what);
    }

    private static Filter scope(String scope) {
        return read(JsonNodeFactory.instance.objectNode().put("scope", scope));
    }

    private static Filter read(ObjectNode document) {
        TenantSettings settings = TenantSettings.parse(document);
        return ScopeFilter.of(settings, settings.registry());
    }
}
