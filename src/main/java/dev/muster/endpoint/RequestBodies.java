package dev.muster.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads request bodies: JSON objects within bounds, whatever is sent. */
final class RequestBodies {

    /** Deeper than any SCIM message, and shallow enough to recurse over. */
    private static final int DEEPEST_NESTING = 50;

    private static final int LONGEST_STRING = 2_000_000;
    private static final int LONGEST_NUMBER = 200;
    private static final Set<String> SUBTYPES = Set.of("json", "scim+json");

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .maxStringLength(LONGEST_STRING)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build()
            .readerFor(JsonNode.class);

    private RequestBodies() {}

    /**
     * The body as a JSON object.
     *
     * @throws ScimException 415 for another content type, 400 invalidSyntax for what is not one JSON object
     */
    static ObjectNode parse(@Nullable MediaType type, byte[] body) {
        if (type != null && !(type.getType().equals("application") && SUBTYPES.contains(type.getSubtype()))) {
            throw ScimException.of(
                    415, "Content-Type must be application/scim+json (RFC 7644 §3.1); application/json is taken too.");
        }
        try {
            if (READER.readValue(body) instanceof ObjectNode object) {
                return object;
            }
            throw ScimException.invalidSyntax("The request body must be a JSON object.");
        } catch (StreamConstraintsException e) {
            throw ScimException.invalidSyntax("The request body goes beyond what is taken: at most " + DEEPEST_NESTING
                    + " levels of nesting, strings of " + LONGEST_STRING + " and numbers of " + LONGEST_NUMBER
                    + " characters.");
        } catch (JsonParseException e) {
            throw ScimException.invalidSyntax("The request body is not well-formed JSON" + position(e)
                    + ". An object must not have two members of the same name, and the encoding is UTF-8.");
        } catch (IOException e) {
            throw ScimException.invalidSyntax("The request body is not well-formed JSON in UTF-8.");
        }
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
