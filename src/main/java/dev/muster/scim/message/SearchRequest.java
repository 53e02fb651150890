package dev.muster.scim.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query as it was asked, by GET or by POST to {@code .search} (RFC 7644 §3.4.2, §3.4.3); names and filter are not yet
 * resolved.
 *
 * @param attributes names to show, empty for the usual ones
 * @param excludedAttributes names not to show
 * @param filter null for all resources
 * @param sortBy null for the order of creation
 * @param page which part is asked for, and by which method
 */
public record SearchRequest(
        List<String> attributes,
        List<String> excludedAttributes,
        @Nullable String filter,
        @Nullable String sortBy,
        SortOrder sortOrder,
        Paging page) {

    /** The schema URI of a search request's body. */
    public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    public SearchRequest {
        attributes = List.copyOf(attributes);
        excludedAttributes = List.copyOf(excludedAttributes);
    }

    /**
     * The query in the body of a POST to {@code .search}. Members that the RFC does not have are ignored.
     *
     * @param pages how large a page may be
     * @throws ScimException invalidSyntax where the body is not a search request, invalidValue where a member has another
     *     type or value than the RFC asks for
     */
    public static SearchRequest of(JsonNode body, PageLimits pages) {
        Map<String, JsonNode> members = members(body);
        checkSchemas(members.get("schemas"));
        return new SearchRequest(
                texts(members, "attributes"),
                texts(members, "excludedAttributes"),
                text(members, "filter"),
                text(members, "sortBy"),
                SortOrder.of(text(members, "sortOrder")),
                Paging.of(members.get("startindex"), members.get("cursor"), members.get("count"), pages));
    }

    private static Map<String, JsonNode> members(JsonNode body) {
        if (!body.isObject()) {
            throw ScimException.invalidSyntax("the body must be a JSON object");
        }
        Map<String, JsonNode> members = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (members.put(member.getKey().toLowerCase(Locale.ROOT), member.getValue()) != null) {
                throw ScimException.invalidSyntax("a member is given more than once; names do not differ by case");
            }
        }
        return members;
    }

    private static void checkSchemas(@Nullable JsonNode schemas) {
        boolean named = false;
        if (schemas != null && schemas.isArray()) {
            for (JsonNode schema : schemas) {
                named |= schema.asText().equalsIgnoreCase(SCHEMA);
            }
        }
        if (!named) {
            throw ScimException.invalidSyntax("schemas must be an array with " + SCHEMA);
        }
    }

    private static @Nullable String text(Map<String, JsonNode> members, String name) {
        JsonNode value = members.get(name.toLowerCase(Locale.ROOT));
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ScimException.invalidValue(name + " must be a string");
        }
        return value.textValue().isBlank() ? null : value.textValue();
    }

    private static List<String> texts(Map<String, JsonNode> members, String name) {
        JsonNode value = members.get(name.toLowerCase(Locale.ROOT));
        List<String> texts = new ArrayList<>();
        if (value == null || value.isNull()) {
            return texts;
        }
        if (!value.isArray()) {
            throw ScimException.invalidValue(name + " must be an array of strings");
        }
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw ScimException.invalidValue(name + " must be an array of strings");
            }
            texts.add(element.textValue().strip());
        }
        return texts;
    }
}
