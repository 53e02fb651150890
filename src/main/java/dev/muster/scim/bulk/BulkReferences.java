package dev.muster.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * References to resources that the same request creates (RFC 7644 §3.7.2): {@code bulkId:qwerty} as a whole string value of
 * any attribute, extensions included; at the end of a {@code $ref}; and quoted in the {@code path} of a PATCH operation, such
 * as {@code members[value eq "bulkId:qwerty"]}.
 */
final class BulkReferences {

    /** What stands before the bulkId. */
    static final String PREFIX = "bulkId:";

    private static final String QUOTED = '"' + PREFIX;

    private BulkReferences() {}

    /**
     * {@code text} with an id in place of each reference.
     *
     * @param member the name of the member whose value the text is, null in an array
     * @param ids gives the id for a bulkId
     */
    static String resolved(@Nullable String member, String text, UnaryOperator<String> ids) {
        int at = text.indexOf(PREFIX);
        if (at < 0) {
            return text;
        }
        if (at == 0) {
            return ids.apply(text.substring(PREFIX.length()));
        }
        if ("$ref".equals(member) && text.charAt(at - 1) == '/') {
            return text.substring(0, at) + ids.apply(text.substring(at + PREFIX.length()));
        }
        return "path".equalsIgnoreCase(member) ? quotedResolved(text, ids) : text;
    }

    /** Puts ids in place of all references in {@code node}, which is not nested deeply; a text itself is returned changed. */
    static JsonNode resolve(@Nullable String member, JsonNode node, UnaryOperator<String> ids) {
        switch (node) {
            case TextNode text -> {
                String resolved = resolved(member, text.textValue(), ids);
                return resolved.equals(text.textValue()) ? text : TextNode.valueOf(resolved);
            }
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
                    object.set(entry.getKey(), resolve(entry.getKey(), entry.getValue(), ids));
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, resolve(null, array.get(i), ids));
                }
            }
            default -> {}
        }
        return node;
    }

    private static String quotedResolved(String text, UnaryOperator<String> ids) {
        StringBuilder resolved = new StringBuilder();
        int copied = 0;
        for (int at = text.indexOf(QUOTED); at >= 0; at = text.indexOf(QUOTED, copied)) {
            int start = at + QUOTED.length();
            StringBuilder bulkId = new StringBuilder();
            int end = unquoted(text, start, bulkId);
            resolved.append(text, copied, at + 1).append(ids.apply(bulkId.toString()));
            copied = end;
        }
        return resolved.append(text, copied, text.length()).toString();
    }

    /** Reads up to the closing quotation mark; where that is. */
    private static int unquoted(String text, int start, StringBuilder into) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            into.append(text.charAt(at++));
        }
        return at;
    }
}
