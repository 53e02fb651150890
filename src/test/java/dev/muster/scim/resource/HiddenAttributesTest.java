package dev.muster.scim.resource;

import static dev.muster.scim.Json.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.AttributeNames;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was stored before attributes were switched off is neither seen nor lost. */
class HiddenAttributesTest {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final ResourceType WHOLE =
            SchemaRegistry.standard().resourceType("User").orElseThrow();

    private final ObjectNode stored = object("{'schemas':['" + CORE + "','" + ENTERPRISE + "'],'userName':'ada',"
            + "'title':'Countess','name':{'givenName':'Ada','formatted':'Ada L.'},"
            + "'addresses':[{'type':'work','locality':'London','country':'GB'},"
            + "{'type':'home','locality':'Ockham','country':'GB'},{'country':'FR'}],"
            + "'" + ENTERPRISE + "':{'department':'Maths'}}");

    private final ResourceType partial = only("name.givenName", "addresses.locality");

    @Test
    void whatIsOffIsNotShown() {
        assertEquals(
                object("{'schemas':['" + CORE + "'],'userName':'ada','name':{'givenName':'Ada'},"
                        + "'addresses':[{'type':'work','locality':'London'},{'type':'home','locality':'Ockham'}]}"),
                HiddenAttributes.without(partial, stored));
    }

    @Test
    void whatDoesNotChangeStaysAsItWas() {
        ObjectNode kept = HiddenAttributes.kept(partial, stored, HiddenAttributes.without(partial, stored));
        assertEquals(stored, kept);
    }

    @Test
    void changesLeaveTheHiddenPartsAlone() {
        ObjectNode changed = object("{'schemas':['" + CORE + "'],'userName':'ada2',"
                + "'addresses':[{'type':'other','locality':'Ockham'},{'type':'work','locality':'Paris'}]}");
        assertEquals(
                object("{'schemas':['" + CORE + "','" + ENTERPRISE + "'],'userName':'ada2',"
                        + "'addresses':[{'type':'other','locality':'Ockham'},"
                        + "{'type':'work','locality':'Paris','country':'GB'},{'country':'FR'}],"
                        + "'title':'Countess','name':{'formatted':'Ada L.'},'" + ENTERPRISE
                        + "':{'department':'Maths'}}"),
                HiddenAttributes.kept(partial, stored, changed));
    }

    @Test
    void anExtensionKeepsWhatIsOffInIt() {
        ResourceType costCentersOnly = only(ENTERPRISE + ":costCenter");
        ObjectNode changed = object("{'schemas':['" + CORE + "','" + ENTERPRISE + "'],'userName':'ada','" + ENTERPRISE
                + "':{'costCenter':'7'}}");
        ObjectNode kept = HiddenAttributes.kept(costCentersOnly, stored, changed);
        assertEquals(object("{'costCenter':'7','department':'Maths'}"), kept.get(ENTERPRISE));
        assertEquals(changed, HiddenAttributes.without(costCentersOnly, kept));
    }

    @Test
    void aTypeWithAllAttributesHidesNothing() {
        assertSame(stored, HiddenAttributes.without(WHOLE, stored));
        ObjectNode changed = object("{'userName':'ada'}");
        assertSame(changed, HiddenAttributes.kept(WHOLE, stored, changed));
    }

    private static ResourceType only(String... paths) {
        AttributeNames names = new AttributeNames(WHOLE, Conformance.COMPAT);
        List<AttributeRef> on = Arrays.stream(paths)
                .map(path -> names.resolve(path).orElseThrow())
                .toList();
        return SchemaRegistry.standard()
                .withOnly(Map.of("User", on))
                .resourceType("User")
                .orElseThrow();
    }
}
