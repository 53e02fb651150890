package dev.muster.transcripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Complaints about values that are null, readOnly, never returned, or in extensions. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class AttributeComplaintsTest {

    private Wire wire;

    @BeforeEach
    void newTenant() {
        wire = Wire.toNewTenant();
    }

    @Test
    void c44ReadOnlyAttributesAreIgnored() {
        String sent = "{'userName':'ann','id':'x','groups':[{'value':'g'}],"
                + "'meta':{'resourceType':'Group','version':'W/\"9\"','created':'2001-01-01T00:00:00Z'}}";
        Exchange created = wire.post("/Users", sent).is(201);
        assertNotEquals("x", created.id());
        assertFalse(created.body().has("groups"));
        assertEquals("User", created.text("/meta/resourceType"));
        assertFalse(created.text("/meta/created").startsWith("2001"));
        Exchange replaced = wire.put("/Users/" + created.id(), sent).is(200);
        assertEquals(created.id(), replaced.id());
        assertEquals(created.text("/meta/created"), replaced.text("/meta/created"));
        assertFalse(wire.get("/Users/" + created.id()).body().has("groups"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','path':'title','value':null}",
                "{'op':'replace','value':{'title':null}}",
                "{'op':'add','path':'title','value':null}",
                "{'op':'remove','path':'title','value':null}"
            })
    void c45NullIsNoValue(String operation) {
        String user = "/Users/"
                + wire.post("/Users", "{'userName':'ann','title':'Guide','emails':null,'name':null,'nickName':null}")
                        .is(201)
                        .id();
        assertTrue(wire.get(user).at("/emails").isMissingNode());
        Exchange patched = wire.operations(user, operation);
        assertTrue(patched.status() < 500, () -> "it answered " + patched.status());
        JsonNode title = wire.get(user).at("/title");
        assertFalse(title.isNull());
        assertEquals(operation.contains("'add'"), title.asText().equals("Guide"));
    }

    @Test
    void c45NullElementsAreNoValues() {
        String user = "/Users/"
                + wire.post("/Users", "{'userName':'ann','emails':[null,{'value':'a@x','type':null}]}")
                        .is(201)
                        .id();
        assertEquals(Json.json("[{'value':'a@x'}]"), wire.get(user).at("/emails"));
        wire.operations(user, "{'op':'add','path':'emails','value':[null]}").is(200);
        assertEquals(1, wire.get(user).at("/emails").size());
        String group = "/Groups/"
                + wire.post("/Groups", "{'displayName':'g','members':null}")
                        .is(201)
                        .id();
        wire.operations(group, "{'op':'add','path':'members','value':[null]}").is(204);
        assertTrue(wire.get(group).at("/members").isMissingNode());
    }

    @Test
    void c46CustomExtensionsAreKeptPatchedFilteredAndNamedInSchemas() {
        String urn = "urn:ietf:params:scim:schemas:extension:datafisher:2.0:User";
        Wire extended = new Wire(Api.newTenant(Json.json(
                        "{'schemas':[{'id':'" + urn + "','name':'Datafisher','resourceType':'User',"
                                + "'attributes':[{'name':'source','type':'string'},{'name':'level','type':'integer'}]}]}")
                .toString()));
        Exchange created = extended.post("/Users", "{'userName':'ann','" + urn + "':{'source':'HR'}}")
                .is(201);
        assertTrue(created.at("/schemas").toString().contains(urn));
        String user = "/Users/" + created.id();
        extended.operations(
                        user,
                        "{'op':'Replace','path':'" + urn + ":source','value':'AD'}",
                        "{'op':'Add','path':'" + urn + ":level','value':3}")
                .is(200);
        assertEquals(Json.json("{'source':'AD','level':3}"), extended.get(user).at("/" + urn));
        assertEquals(
                1,
                extended.query("/Users", urn + ":source eq \"ad\" and " + urn + ":level ge 3")
                        .totalResults());
        extended.operations(
                        user,
                        "{'op':'Remove','path':'" + urn + ":source'}",
                        "{'op':'Remove','path':'" + urn + ":level'}")
                .is(200);
        assertFalse(extended.get(user).at("/schemas").toString().contains(urn));
        assertEquals(urn, extended.get("/Schemas/" + urn).is(200).id());
    }

    @Test
    void c46TheEnterpriseSchemaComesAndGoesWithItsAttributes() {
        String urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        String user =
                "/Users/" + wire.post("/Users", "{'userName':'ann'}").is(201).id();
        assertEquals(1, wire.get(user).at("/schemas").size());
        wire.operations(user, "{'op':'add','path':'" + urn + ":department','value':'d'}")
                .is(200);
        assertEquals(urn, wire.get(user).text("/schemas/1"));
        wire.operations(user, "{'op':'remove','path':'" + urn + ":department'}").is(200);
        assertEquals(1, wire.get(user).at("/schemas").size());
    }

    /** Validators look at what /Schemas says: an attribute that is never returned must say so. */
    @Test
    void c49WhatIsNeverReturnedSaysSo() {
        Exchange created =
                wire.post("/Users", "{'userName':'ann','password':'secret'}").is(201);
        assertFalse(created.body().has("password"));
        assertFalse(wire.get("/Users/" + created.id()).body().has("password"));
        assertFalse(wire.get("/Users/" + created.id() + "?attributes=password")
                .body()
                .has("password"));
        JsonNode schema = wire.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")
                .is(200)
                .body();
        for (JsonNode attribute : schema.path("attributes")) {
            if (attribute.path("name").asText().equals("password")) {
                assertEquals("never", attribute.path("returned").asText());
                assertEquals("writeOnly", attribute.path("mutability").asText());
            }
        }
        wire.get("/Users" + Wire.filter("password eq \"secret\"")).isError(400, "invalidFilter");
    }

    @Test
    void c49ThePrimaryValueCanBeChangedByPath() {
        String user = "/Users/"
                + wire.post(
                                "/Users",
                                "{'userName':'ann','emails':[{'value':'a@x','type':'work','primary':true},{'value':'b@x','type':'home'}]}")
                        .is(201)
                        .id();
        wire.operations(user, "{'op':'replace','path':'emails[primary eq true].value','value':'c@x'}")
                .is(200);
        assertEquals("c@x", wire.get(user).text("/emails/0/value"));
        assertEquals("b@x", wire.get(user).text("/emails/1/value"));
    }
}
