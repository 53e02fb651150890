package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The names, as RFC 7644 §3.10 writes them, of the attributes and sub-attributes that the body of a write gives. */
final class WrittenNames {

    private final ResourceType type;
    private final List<String> names = new ArrayList<>();

    private WrittenNames(ResourceType type) {
        this.type = type;
    }

    /** The names in the body of a POST, PUT or PATCH; those that mean nothing are among them. */
    static List<String> in(JsonNode body, ResourceType type) {
        WrittenNames written = new WrittenNames(type);
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (member.getKey().equalsIgnoreCase("Operations")) {
                member.getValue().forEach(written::takeOperation);
            } else {
                written.take(member.getKey(), member.getValue());
            }
        }
        return written.names;
    }

    private void takeOperation(JsonNode operation) {
        String path = operation.path("path").asText("");
        JsonNode value = operation.path("value");
        if (path.isEmpty()) {
            value.properties().forEach(member -> take(member.getKey(), member.getValue()));
            return;
        }
        int open = path.indexOf('[');
        String whole = open < 0 ? path : path.substring(0, open);
        take(whole, value);
        if (open >= 0) {
            names.add(whole + path.substring(path.lastIndexOf(']') + 1));
        }
    }

    /** The name, and the names of what its value holds: sub-attributes, or attributes where the name is a schema's. */
    private void take(String name, JsonNode value) {
        if (isSchema(name)) {
            value.properties().forEach(member -> take(name + ":" + member.getKey(), member.getValue()));
            return;
        }
        names.add(name);
        for (JsonNode element : value.isArray() ? value : List.of(value)) {
            element.properties().forEach(member -> names.add(name + "." + member.getKey()));
        }
    }

    private boolean isSchema(String name) {
        return type.schema().id().equalsIgnoreCase(name) || type.extension(name).isPresent();
    }
}
