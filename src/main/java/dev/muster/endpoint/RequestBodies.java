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
import dev.muster.limit.LimitsConfig;
import dev.muster.scim.error.ScimException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads request bodies: JSON objects within bounds, whatever is sent. */
@ApplicationScoped
class RequestBodies {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Set<String> MEDIA_TYPES = Set.of("application/json", "application/scim+json");

    private final LimitsConfig limits;
    private final ObjectReader reader;

    RequestBodies(LimitsConfig limits) {
        this.limits = limits;
        this.reader = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(limits.jsonDepth())
                                .maxStringLength(limits.jsonStringLength())
                                .maxNumberLength(limits.jsonNumberLength())
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .build()
                .readerFor(JsonNode.class);
    }

    /**
     * The body as a JSON object.
     *
     * @param contentType the header as it was sent; without one JSON is assumed
     * @throws ScimException 415 for another content type, 400 invalidSyntax for what is not one JSON object
     */
    ObjectNode parse(@Nullable String contentType, byte[] body) {
        Charset charset = contentType == null ? StandardCharsets.UTF_8 : charset(contentType);
        try {
            if (reader.readValue(text(body, charset)) instanceof ObjectNode object) {
                return object;
            }
            throw ScimException.invalidSyntax("The request body must be a JSON object.");
        } catch (StreamConstraintsException e) {
            throw ScimException.invalidSyntax(
                    "The request body goes beyond what is taken: at most " + limits.jsonDepth()
                            + " levels of nesting, strings of " + limits.jsonStringLength() + " and numbers of "
                            + limits.jsonNumberLength()
                            + " characters.");
        } catch (JsonParseException e) {
            throw ScimException.invalidSyntax("The request body is not well-formed JSON" + position(e)
                    + ". An object must not have two members of the same name, and the encoding is UTF-8.");
        } catch (IOException e) {
            throw ScimException.invalidSyntax("The request body is not well-formed JSON in UTF-8.");
        }
    }

    /** Strictly: what is not in the charset fails, instead of being replaced. */
    private static String text(byte[] body, Charset charset) throws CharacterCodingException {
        CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(body));
        boolean marked = text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK;
        return (marked ? text.subSequence(1, text.length()) : text).toString();
    }

    /** Read here and not by the framework, which answers 400 for what is no media type at all. */
    private static Charset charset(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
        if (parts.length == 0 || !MEDIA_TYPES.contains(parts[0].strip())) {
            throw ScimException.of(
                    415, "Content-Type must be application/scim+json (RFC 7644 §3.1); application/json is taken too.");
        }
        for (String parameter : parts) {
            String[] pair = parameter.split("=", 2);
            if (pair.length == 2 && pair[0].strip().equals("charset")) {
                return charsetNamed(pair[1].strip().replace("\"", ""));
            }
        }
        return StandardCharsets.UTF_8;
    }

    /** ISO 8859-1 and US-ASCII are what some HTTP libraries name, and then write, where nobody has told them otherwise. */
    private static Charset charsetNamed(String name) {
        return switch (name) {
            case "utf-8", "utf8" -> StandardCharsets.UTF_8;
            case "iso-8859-1" -> StandardCharsets.ISO_8859_1;
            case "us-ascii" -> StandardCharsets.US_ASCII;
            default ->
                throw ScimException.of(
                        415, "The charset in Content-Type must be utf-8 (RFC 7644 §3.1), or be left out.");
        };
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
