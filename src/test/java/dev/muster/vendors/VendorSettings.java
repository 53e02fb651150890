package dev.muster.vendors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;

/** The settings that a vendor's file in {@code deploy/tenants} has, and what a customer of the vendor may want otherwise. */
record VendorSettings(ObjectNode document) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static VendorSettings of(String vendor) {
        try {
            return new VendorSettings((ObjectNode)
                    YAML.readTree(Path.of("deploy/tenants", vendor + ".yaml").toFile())
                            .path("settings"));
        } catch (IOException failure) {
            throw new UncheckedIOException(vendor, failure);
        }
    }

    /** An attribute is switched off. */
    VendorSettings without(String target) {
        ObjectNode changed = document.deepCopy();
        takeOut(changed.at("/attributes/on/User"), target);
        takeOut(changed.at("/requireOneOf"), target);
        return new VendorSettings(changed);
    }

    /** One more attribute is declared in the vendor's extension, switched on, and made a field of the accounts. */
    VendorSettings with(String name, String type) {
        ObjectNode changed = document.deepCopy();
        String target = changed.at("/schemas/0/id").asText() + ":" + name;
        ((ArrayNode) changed.at("/schemas/0/attributes"))
                .addObject()
                .put("name", name)
                .put("type", type);
        ((ArrayNode) changed.at("/attributes/on/User")).add(target);
        changed.withObjectProperty("accountFields").putObject(name).put("from", target);
        return new VendorSettings(changed);
    }

    private static void takeOut(JsonNode list, String text) {
        for (Iterator<JsonNode> elements = list.elements(); elements.hasNext(); ) {
            if (elements.next().asText().equals(text)) {
                elements.remove();
            }
        }
    }

    @Override
    public String toString() {
        return document.toString();
    }
}
