package dev.muster.scim.resource;

import static dev.muster.scim.Json.json;
import static dev.muster.scim.Json.object;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.ExtensionDeclaration;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SearchFormTest {

    private static final String SITE = "urn:example:site:2.0:User";
    private static final ResourceType USER = SchemaRegistry.standard()
            .with(List.of(ExtensionDeclaration.read(json("""
            {'id':'urn:example:site:2.0:User','attributes':[{'name':'since','type':'dateTime'},
              {'name':'floor','type':'integer'},{'name':'tags','multiValued':true},{'name':'code','caseExact':true}]}
            """), "")))
            .resourceType("User")
            .orElseThrow();

    @Test
    void foldsTextsAndNormalisesDateTimes() {
        ObjectNode document = object("{'schemas':['urn:X'],'userName':'BJensen','externalId':'Ab','active':true,"
                + "'emails':[{'value':'B@X.org','type':'Work'}],'profileUrl':'https://X.org','" + SITE
                + "':{'since':'2026-01-31T13:45:00.5+01:00','floor':4,'tags':['Straße','ΣΑΣ'],'code':'Ab'}}");
        ObjectNode before = document.deepCopy();
        assertEquals(
                object(
                        "{'schemas':['urn:x'],'userName':'bjensen','externalId':'Ab','active':true,"
                                + "'emails':[{'value':'b@x.org','type':'work'}],'profileUrl':'https://X.org','" + SITE
                                + "':{'since':'2026-01-31T12:45:00.500000000Z','floor':4,'tags':['strasse','σασ'],'code':'Ab'}}"),
                SearchForm.of(USER, document));
        assertEquals(before, document);
    }

    @Test
    void theFormOfAFormIsItself() {
        long seed = 20_260_131L;
        for (int i = 0; i < 2_000; i++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed + i);
            ObjectNode document = document(random);
            ObjectNode form = SearchForm.of(USER, document);
            assertEquals(form, SearchForm.of(USER, form), "seed " + (seed + i) + ": " + document);
        }
    }

    private static ObjectNode document(RandomGenerator random) {
        ObjectNode document = attributes(USER.schema().attributes(), random);
        document.set(SITE, attributes(USER.extension(SITE).orElseThrow().attributes(), random));
        return document;
    }

    private static ObjectNode attributes(List<Attribute> attributes, RandomGenerator random) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Attribute attribute : attributes) {
            if (random.nextInt(3) > 0) {
                object.set(attribute.name(), value(attribute, random));
            }
        }
        return object;
    }

    private static JsonNode value(Attribute attribute, RandomGenerator random) {
        JsonNode one = one(attribute, random);
        return attribute.multiValued()
                ? JsonNodeFactory.instance.arrayNode().add(one).add(one(attribute, random))
                : one;
    }

    private static JsonNode one(Attribute attribute, RandomGenerator random) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (attribute.type()) {
            case STRING, REFERENCE, BINARY -> nodes.textNode(text(random));
            case BOOLEAN -> nodes.booleanNode(random.nextBoolean());
            case INTEGER, DECIMAL -> nodes.numberNode(random.nextInt());
            case DATE_TIME -> nodes.textNode(dateTime(random));
            case COMPLEX -> attributes(attribute.subAttributes(), random);
        };
    }

    private static String dateTime(RandomGenerator random) {
        return Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000))
                .atOffset(ZoneOffset.ofHours(random.nextInt(-12, 13)))
                .toString()
                .replaceFirst("(T\\d\\d:\\d\\d)(?=[Z+-])", "$1:00");
    }

    /** Where folding has gone wrong before: case pairs of unequal length, combining marks, title case, other planes. */
    private static String text(RandomGenerator random) {
        String alphabet = "aZßẞſİıΣςŉǅΐ\u0345\u0301\u0308éÉÅ\u212b\u2126\ufb03\u1f80\u1fbcԱև𐐀𝔸ꭰᏣ";
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }
}
