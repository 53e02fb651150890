package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.DateTimes;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import java.util.Map;
import java.util.Optional;

/**
 * A canonical document as the database searches it: strings of attributes that are not caseExact are folded, dateTimes are
 * in UTC with nine fraction digits, so that comparing texts compares values. Everything else stays. The search form of a
 * search form is itself.
 */
public final class SearchForm {

    private SearchForm() {}

    /** The search form of {@code document}, which is not changed. */
    public static ObjectNode of(ResourceType type, ObjectNode document) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            String name = member.getKey();
            Optional<Schema> extension = type.extension(name);
            form.set(
                    name,
                    extension.isPresent()
                            ? attributes(extension.get(), member.getValue())
                            : value(type.resolve(null, name, null).map(AttributeRef::attribute), member.getValue()));
        }
        return form;
    }

    private static JsonNode attributes(Schema extension, JsonNode attributes) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        attributes
                .properties()
                .forEach(member ->
                        form.set(member.getKey(), value(extension.attribute(member.getKey()), member.getValue())));
        return form;
    }

    /** An attribute that the schemas do not have any more stays as it is. */
    private static JsonNode value(Optional<Attribute> attribute, JsonNode value) {
        return attribute.map(known -> value(known, value)).orElse(value);
    }

    private static JsonNode value(Attribute attribute, JsonNode value) {
        if (value.isArray()) {
            ArrayNode form = JsonNodeFactory.instance.arrayNode(value.size());
            value.forEach(element -> form.add(value(attribute, element)));
            return form;
        }
        if (value.isObject()) {
            ObjectNode form = JsonNodeFactory.instance.objectNode();
            value.properties()
                    .forEach(member -> form.set(
                            member.getKey(), value(attribute.subAttribute(member.getKey()), member.getValue())));
            return form;
        }
        return value.isTextual() ? TextNode.valueOf(text(attribute, value.textValue())) : value;
    }

    private static String text(Attribute attribute, String text) {
        if (attribute.type() == AttributeType.DATE_TIME) {
            return DateTimes.parse(text).map(DateTimes::normalised).orElse(text);
        }
        return attribute.caseExact() ? text : CaseFolding.fold(text);
    }
}
