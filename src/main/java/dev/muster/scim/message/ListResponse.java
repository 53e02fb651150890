package dev.muster.scim.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A list of resources (RFC 7644 §3.4.2).
 *
 * @param totalResults how many resources meet the query, on all pages
 * @param startIndex the number of the first of {@code resources}, counted from 1
 * @param resources those on this page
 */
public record ListResponse(long totalResults, long startIndex, List<ObjectNode> resources) {

    /** The schema URI of a list response. */
    public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    public ListResponse {
        resources = List.copyOf(resources);
    }

    /** All there is, on one page. */
    public static ListResponse all(List<ObjectNode> resources) {
        return new ListResponse(resources.size(), 1, resources);
    }

    /** The body; {@code Resources} is in it even when empty, because some clients read it without looking. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(SCHEMA);
        json.put("totalResults", totalResults);
        json.put("itemsPerPage", resources.size());
        json.put("startIndex", startIndex);
        ArrayNode array = json.putArray("Resources");
        resources.forEach(array::add);
        return json;
    }
}
