package dev.muster.transcripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entra ID's default table for users, as Learnifier's guide has it: each row created, changed and removed over HTTP. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class VendorAttributesTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final Pattern ELEMENT = Pattern.compile("(\\w+)\\[type eq \"(\\w+)\"]\\.(\\w+)");
    private static final String CREATE = """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","ENT"],
             "externalId":"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef","userName":"ann@contoso.example","active":"True",
             "displayName":"Ann Aa","title":"Guide","preferredLanguage":"da-DK",
             "emails":[{"primary":true,"type":"work","value":"ann.aa@contoso.example"}],
             "name":{"givenName":"Ann","familyName":"Aa","formatted":"Ann Aa"},
             "addresses":[{"primary":false,"type":"work","formatted":"Vej 1, Aarhus","streetAddress":"Vej 1",
                           "locality":"Aarhus","region":"Midtjylland","postalCode":"8000","country":"DK"}],
             "phoneNumbers":[{"primary":true,"type":"work","value":"+45 1"},{"type":"mobile","value":"+45 2"},
                             {"type":"fax","value":"+45 3"}],
             "roles":[],"meta":{"resourceType":"User"},
             "ENT":{"employeeNumber":"701984","department":"Tours","manager":{"value":"26118915-6090-4610-87e4-49d8ca9f808d"}}}
            """.replace("ENT", ENTERPRISE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = (char) 1, textBlock = """
            userName | ann@contoso.example | ann.bb@contoso.example
            displayName | Ann Aa | Ann Bb
            title | Guide | Lead
            emails[type eq "work"].value | ann.aa@contoso.example | ann.bb@contoso.example
            preferredLanguage | da-DK | en-GB
            name.givenName | Ann | Anna
            name.familyName | Aa | Bb
            name.formatted | Ann Aa | Anna Bb
            addresses[type eq "work"].formatted | Vej 1, Aarhus | Weg 2, Berlin
            addresses[type eq "work"].streetAddress | Vej 1 | Weg 2
            addresses[type eq "work"].locality | Aarhus | Berlin
            addresses[type eq "work"].region | Midtjylland | Brandenburg
            addresses[type eq "work"].postalCode | 8000 | 10115
            addresses[type eq "work"].country | DK | DE
            phoneNumbers[type eq "work"].value | +45 1 | +49 1
            phoneNumbers[type eq "mobile"].value | +45 2 | +49 2
            phoneNumbers[type eq "fax"].value | +45 3 | +49 3
            externalId | 0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef | 1b21f0f2-8d2a-4f8e-bf98-7363c4aed4ef
            ENT:employeeNumber | 701984 | 701985
            ENT.employeeNumber | 701984 | 701985
            ENT:department | Tours | Sales
            ENT:manager | 26118915-6090-4610-87e4-49d8ca9f808d | 37118915-6090-4610-87e4-49d8ca9f808d
            """)
    void isCreatedChangedAndRemoved(String row, String value, String other) {
        String path = row.replace("ENT", ENTERPRISE);
        Wire wire = Wire.toNewTenant();
        String user = "/Users/" + wire.post("/Users", CREATE).is(201).id();
        JsonNode created = wire.get(user).is(200).body();
        assertEquals(value, valueAt(created, path).asText());

        wire.operations(user, operation("Replace", path, other)).is(200);
        JsonNode changed = wire.get(user).is(200).body();
        assertEquals(other, valueAt(changed, path).asText());
        assertEquals(without(created, path), without(changed, path), "nothing else has changed");

        if (path.equals("userName")) {
            wire.operations(user, operation("Remove", path, null)).isError(400, "mutability");
            assertEquals(other, valueAt(wire.get(user).is(200).body(), path).asText());
        } else {
            wire.operations(user, operation("Remove", path, null)).is(200);
            JsonNode removed = wire.get(user).is(200).body();
            assertTrue(valueAt(removed, path).isMissingNode(), removed::toString);
        }
    }

    /** The row {@code active}: Entra's Switch yields strings. */
    @Test
    void activeIsCreatedChangedAndRemoved() {
        Wire wire = Wire.toNewTenant();
        String user = "/Users/" + wire.post("/Users", CREATE).is(201).id();
        assertEquals(Json.json("true"), wire.get(user).at("/active"));
        for (String op : new String[] {"Replace", "Add"}) {
            wire.operations(user, operation(op, "active", "False")).is(200);
            assertEquals(Json.json("false"), wire.get(user).at("/active"), op);
            wire.operations(user, operation(op, "active", "True")).is(200);
            assertEquals(Json.json("true"), wire.get(user).at("/active"), op);
        }
        wire.operations(user, operation("Remove", "active", null)).is(200);
        assertTrue(wire.get(user).at("/active").isMissingNode());
    }

    /** A user that has nothing: every row is added by PATCH, all in one request. */
    @Test
    void everythingIsAddedToNothing() {
        Wire wire = Wire.toNewTenant();
        String user = "/Users/"
                + wire.post("/Users", "{'userName':'ann@contoso.example'}")
                        .is(201)
                        .id();
        wire.operations(
                        user,
                        operation("Add", "emails[type eq \"work\"].value", "ann.aa@contoso.example"),
                        operation("Add", "addresses[type eq \"work\"].locality", "Aarhus"),
                        operation("Replace", "addresses[type eq \"work\"].postalCode", "8000"),
                        operation("Add", "phoneNumbers[type eq \"mobile\"].value", "+45 2"),
                        operation("Replace", "phoneNumbers[type eq \"fax\"].value", "+45 3"),
                        operation("Add", ENTERPRISE + ":manager", "26118915-6090-4610-87e4-49d8ca9f808d"))
                .is(200);
        JsonNode added = wire.get(user).is(200).body();
        assertEquals(Json.json("[{'type':'work','locality':'Aarhus','postalCode':'8000'}]"), added.at("/addresses"));
        assertEquals(
                Json.json("[{'type':'mobile','value':'+45 2'},{'type':'fax','value':'+45 3'}]"),
                added.at("/phoneNumbers"));
        assertEquals("ann.aa@contoso.example", added.at("/emails/0/value").asText());
        assertEquals(
                "26118915-6090-4610-87e4-49d8ca9f808d",
                valueAt(added, ENTERPRISE + ":manager").asText());
    }

    private static String operation(String op, String path, @Nullable String value) {
        ObjectNode operation =
                JsonNodeFactory.instance.objectNode().put("op", op).put("path", path);
        if (value != null) {
            operation.put("value", value);
        }
        return operation.toString();
    }

    private static JsonNode valueAt(JsonNode user, String path) {
        Matcher element = ELEMENT.matcher(path);
        if (element.matches()) {
            return element(user, element).path(element.group(3));
        }
        if (path.startsWith(ENTERPRISE)) {
            JsonNode value = user.path(ENTERPRISE).path(path.substring(ENTERPRISE.length() + 1));
            return value.isObject() ? value.path("value") : value;
        }
        return user.at("/" + path.replace('.', '/'));
    }

    private static JsonNode element(JsonNode user, Matcher path) {
        for (JsonNode element : user.path(path.group(1))) {
            if (element.path("type").asText().equals(path.group(2))) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }

    /** The user without the value at the path, and without what every change changes. */
    private static ObjectNode without(JsonNode user, String path) {
        ObjectNode rest = user.deepCopy();
        ((ObjectNode) rest.path("meta")).remove("version");
        ((ObjectNode) rest.path("meta")).remove("lastModified");
        Matcher element = ELEMENT.matcher(path);
        if (element.matches()) {
            ((ObjectNode) element(rest, element)).remove(element.group(3));
        } else if (path.startsWith(ENTERPRISE)) {
            ((ObjectNode) rest.path(ENTERPRISE)).remove(path.substring(ENTERPRISE.length() + 1));
        } else if (path.startsWith("name.")) {
            ((ObjectNode) rest.path("name")).remove(path.substring("name.".length()));
        } else {
            rest.remove(path);
        }
        return rest;
    }
}
