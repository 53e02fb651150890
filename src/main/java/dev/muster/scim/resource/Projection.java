package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.AttributeNames;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Returned;
import dev.muster.scim.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of a resource a response shows (RFC 7644 §3.4.2.5, §3.9): the {@code attributes} and
 * {@code excludedAttributes} parameters over each attribute's {@code returned} characteristic. {@code schemas} and
 * {@code id} are always shown. Immutable.
 */
public final class Projection {

    private enum Mode {
        DEFAULT,
        ONLY,
        EXCEPT
    }

    private final ResourceType type;
    private final Mode mode;
    private final NamedAttributes named;
    private final NamedAttributes written;
    private final boolean withholds;

    private Projection(ResourceType type, Mode mode, NamedAttributes named) {
        this(type, mode, named, NamedAttributes.NONE, withholds(type));
    }

    private Projection(
            ResourceType type, Mode mode, NamedAttributes named, NamedAttributes written, boolean withholds) {
        this.type = type;
        this.mode = mode;
        this.named = named;
        this.written = written;
        this.withholds = withholds;
    }

    /** The projection of a request that names no attributes. */
    public static Projection standard(ResourceType type) {
        return new Projection(type, Mode.DEFAULT, NamedAttributes.NONE);
    }

    /**
     * The projection that two lists of names ask for: attributes, sub-attributes, or a schema URI alone for all of its
     * attributes. Names that the type does not have are ignored: a client may ask several services for the same attributes.
     *
     * @throws ScimException invalidValue where both lists name something (RFC 7644 §3.9: they exclude each other)
     */
    public static Projection of(
            ResourceType type, Conformance conformance, List<String> attributes, List<String> excludedAttributes) {
        if (!attributes.isEmpty() && !excludedAttributes.isEmpty()) {
            throw ScimException.invalidValue("attributes and excludedAttributes exclude each other; send one of them");
        }
        AttributeNames names = new AttributeNames(type, conformance);
        if (!attributes.isEmpty()) {
            return new Projection(type, Mode.ONLY, NamedAttributes.of(names, attributes));
        }
        return excludedAttributes.isEmpty()
                ? standard(type)
                : new Projection(type, Mode.EXCEPT, NamedAttributes.of(names, excludedAttributes));
    }

    /**
     * This for the answer to a write: what is returned on request is shown where the client has given it, too (RFC 7643 §7).
     *
     * @param body of the POST, PUT or PATCH request
     */
    public Projection afterWriting(JsonNode body, Conformance conformance) {
        if (mode == Mode.ONLY || !withholds) {
            return this;
        }
        AttributeNames names = new AttributeNames(type, conformance);
        return new Projection(type, mode, named, NamedAttributes.of(names, WrittenNames.in(body, type)), true);
    }

    /** The names in a query parameter: separated by commas; empty where the parameter is absent or blank. */
    public static List<String> names(@Nullable String parameter) {
        return parameter == null
                ? List.of()
                : List.of(parameter.split(",")).stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** Whether {@link #apply} leaves every canonical document as it is, so that stored text can be passed through. */
    public boolean isDefault() {
        return mode == Mode.DEFAULT && !withholds;
    }

    /** Whether the core attribute of that name, or a part of it, is shown; then it has to be loaded. */
    public boolean includes(String coreAttribute) {
        return type.resolve(null, coreAttribute, null).map(this::includes).orElse(false);
    }

    /** Whether the attribute, or a part of it, is shown; of a sub-attribute: whether it is shown itself. */
    public boolean includes(AttributeRef attribute) {
        Attribute sub = attribute.subAttribute();
        return shows(attribute.attribute()) && (sub == null || shows(attribute.attribute(), sub));
    }

    /** What is shown of {@code resource}, a whole resource as a response has it; it is not changed. */
    public ObjectNode apply(ObjectNode resource) {
        if (isDefault()) {
            return resource;
        }
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : resource.properties()) {
            Optional<Schema> extension = type.extension(member.getKey());
            if (extension.isPresent() && member.getValue() instanceof ObjectNode attributes) {
                put(shown, member.getKey(), attributes(extension.get(), attributes));
            } else {
                put(shown, type.resolve(null, member.getKey(), null).map(AttributeRef::attribute), member);
            }
        }
        return shown;
    }

    private ObjectNode attributes(Schema extension, ObjectNode attributes) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        attributes.properties().forEach(member -> put(shown, extension.attribute(member.getKey()), member));
        return shown;
    }

    private void put(ObjectNode shown, Optional<Attribute> attribute, Map.Entry<String, JsonNode> member) {
        if (attribute.isPresent() && shows(attribute.get())) {
            put(shown, member.getKey(), parts(attribute.get(), member.getValue()));
        }
    }

    private static void put(ObjectNode shown, String name, JsonNode value) {
        if (!value.isContainerNode() || !value.isEmpty()) {
            shown.set(name, value);
        }
    }

    private JsonNode parts(Attribute attribute, JsonNode value) {
        boolean whole = attribute.subAttributes().stream().allMatch(sub -> shows(attribute, sub));
        if (whole) {
            return value;
        }
        if (value.isArray()) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode(value.size());
            for (JsonNode element : value) {
                JsonNode part = parts(attribute, element);
                if (!part.isEmpty()) {
                    shown.add(part);
                }
            }
            return shown;
        }
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (Attribute sub : attribute.subAttributes()) {
            JsonNode part = value.get(sub.name());
            if (part != null && shows(attribute, sub)) {
                shown.set(sub.name(), part);
            }
        }
        return shown;
    }

    private boolean shows(Attribute attribute) {
        return switch (attribute.returned()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case REQUEST ->
                switch (mode) {
                    case DEFAULT -> written.mentions(attribute);
                    case ONLY -> named.mentions(attribute);
                    case EXCEPT -> written.mentions(attribute) && !named.whole(attribute);
                };
            case DEFAULT ->
                switch (mode) {
                    case DEFAULT -> true;
                    case ONLY -> named.mentions(attribute);
                    case EXCEPT -> !named.whole(attribute);
                };
        };
    }

    private boolean shows(Attribute attribute, Attribute sub) {
        return switch (sub.returned()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case REQUEST ->
                switch (mode) {
                    case DEFAULT -> written.part(attribute, sub);
                    case ONLY -> named.part(attribute, sub);
                    case EXCEPT -> written.part(attribute, sub) && !named.part(attribute, sub);
                };
            case DEFAULT ->
                switch (mode) {
                    case DEFAULT -> true;
                    case ONLY -> named.whole(attribute) || named.part(attribute, sub) || !named.mentions(attribute);
                    case EXCEPT -> !named.part(attribute, sub);
                };
        };
    }

    /** Whether the default projection hides something; loops, for every request asks and streams cost ten times as much. */
    private static boolean withholds(ResourceType type) {
        if (type.partial()
                || withholds(type.common())
                || withholds(type.schema().attributes())) {
            return true;
        }
        for (ResourceType.SchemaExtension extension : type.extensions()) {
            if (withholds(extension.schema().attributes())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a canonical document may hold something of these that the default projection does not show. */
    private static boolean withholds(List<Attribute> attributes) {
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            boolean withheld = attribute.returned() == Returned.REQUEST || partWithheld(attribute.subAttributes());
            if (withheld) {
                return true;
            }
        }
        return false;
    }

    private static boolean partWithheld(List<Attribute> parts) {
        for (int i = 0; i < parts.size(); i++) {
            Returned returned = parts.get(i).returned();
            if (returned == Returned.REQUEST || returned == Returned.NEVER) {
                return true;
            }
        }
        return false;
    }
}
