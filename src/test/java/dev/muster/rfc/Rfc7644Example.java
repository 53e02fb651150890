package dev.muster.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Exchange;

/** Bodies of RFC 7644's examples, and what of a resource a client has sent. */
final class Rfc7644Example {

    /** The user of §3.3 and §3.14. */
    static final String BJENSEN = """
            {
              "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
              "userName":"bjensen",
              "externalId":"bjensen",
              "name":{
                "formatted":"Ms. Barbara J Jensen III",
                "familyName":"Jensen",
                "givenName":"Barbara"
              }
            }
            """;

    private Rfc7644Example() {}

    /** The resource without what the service provider adds. */
    static JsonNode sent(Exchange exchange) {
        ObjectNode resource = exchange.body().deepCopy();
        resource.remove("id");
        resource.remove("meta");
        resource.remove("groups");
        return resource;
    }

    /** The metadata of a resource and the headers must say the same (§3.1 of RFC 7643, §3.14). */
    static void checkMeta(Exchange exchange, String type, String location) {
        assertEquals(type, exchange.text("/meta/resourceType"));
        assertEquals(location, exchange.text("/meta/location"));
        assertEquals(location, exchange.header("Location"));
        assertEquals(exchange.header("ETag"), exchange.text("/meta/version"));
        assertEquals("application/scim+json", exchange.header("Content-Type").split(";")[0]);
    }
}
