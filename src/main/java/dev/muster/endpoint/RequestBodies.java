package dev.muster.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.limit.Limits;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.SentJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads request bodies: JSON objects within bounds, whatever is sent. */
@ApplicationScoped
class RequestBodies {

    private static final String BODY = "The request body";
    private static final int CHECKED_AT_ONCE = 8_192;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Set<String> MEDIA_TYPES = Set.of("application/json", "application/scim+json");

    private final SentJson json;

    RequestBodies(Limits limits) {
        this.json = new SentJson(limits.json());
    }

    /**
     * The body as a JSON object.
     *
     * @param contentType the header as it was sent; without one JSON is assumed
     * @throws ScimException 415 for another content type, 400 invalidSyntax for what is not one JSON object
     */
    ObjectNode parse(@Nullable String contentType, byte[] body) {
        Charset charset = contentType == null ? StandardCharsets.UTF_8 : charset(contentType);
        if (json.parse(text(body, charset), BODY) instanceof ObjectNode object) {
            return object;
        }
        throw ScimException.invalidSyntax("The request body must be a JSON object.");
    }

    /**
     * The body in UTF-8, all of which is well-formed.
     *
     * @throws ScimException 415 for another content type, 400 invalidSyntax for what is not in its charset
     */
    byte[] utf8(@Nullable String contentType, byte[] body) {
        Charset charset = contentType == null ? StandardCharsets.UTF_8 : charset(contentType);
        if (!charset.equals(StandardCharsets.UTF_8)) {
            return text(body, charset).getBytes(StandardCharsets.UTF_8);
        }
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer forgotten = CharBuffer.allocate(CHECKED_AT_ONCE);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, forgotten.clear(), true);
        }
        if (result.isError()) {
            throw json.refused(new CharacterCodingException(), BODY);
        }
        return body;
    }

    /** Strictly: what is not in the charset fails, instead of being replaced. */
    private String text(byte[] body, Charset charset) {
        try {
            CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(body));
            boolean marked = text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK;
            return (marked ? text.subSequence(1, text.length()) : text).toString();
        } catch (CharacterCodingException e) {
            throw json.refused(e, BODY);
        }
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
}
