package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.dialect.Unsupported;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.resource.SentMembers.Sent;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what clients send the one canonical form that everything behind it works with: names in the schema's spelling,
 * core attributes at the top and each extension's under its schema id, multi-valued attributes as arrays, values of the
 * right type, nothing null or empty.
 *
 * <p>Dropped without an error: what is unassigned (RFC 7643 §2.5), readOnly attributes (RFC 7644 §3.3, §3.5.1), and
 * attributes that are never returned, such as {@code password}, which Muster does not keep. Attributes that no schema has
 * are dropped or invalidSyntax, as {@link Unsupported} says. Other errors are invalidValue and name the attribute;
 * invalidSyntax where one attribute is given twice.
 *
 * <p>Values are checked here, as they come in; that required attributes are there is for {@link ResourceRules#check}.
 * Immutable, for any number of requests at once.
 */
public final class Canonicalizer {

    private final ResourceType type;
    private final boolean lenient;
    private final Unsupported unsupported;
    private final Consumer<String> listener;

    public Canonicalizer(ResourceType type, Conformance conformance) {
        this(type, conformance, Unsupported.usual(conformance));
    }

    public Canonicalizer(ResourceType type, Conformance conformance, Unsupported unsupported) {
        this(type, conformance, unsupported, name -> {});
    }

    /**
     * For the values of one PATCH request.
     *
     * @param ignored hears the names of attributes that were sent and dropped, for the log; never values
     */
    public Canonicalizer(
            ResourceType type, Conformance conformance, Unsupported unsupported, Consumer<String> ignored) {
        this.type = type;
        this.lenient = conformance == Conformance.COMPAT;
        this.unsupported = unsupported;
        this.listener = ignored;
    }

    /** The body of a POST or PUT. */
    public CanonicalResource resource(JsonNode body) {
        if (!body.isObject()) {
            throw ScimException.invalidSyntax("the body must be a JSON object");
        }
        Ignored ignored = ignored();
        ValueCanonicalizer values = new ValueCanonicalizer(lenient, ignored);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("schemas");
        for (SentAttribute sent : attributes(body, ignored)) {
            if (!kept(sent.attribute())) {
                ignored.add(sent.attribute());
                continue;
            }
            Attribute attribute = sent.attribute().attribute();
            JsonNode value = values.whole(
                    attribute, sent.value(), Place.of(sent.attribute().toString()));
            if (value != null) {
                owner(document, sent.attribute().extension()).set(attribute.name(), value);
            }
        }
        SchemasMember.check(type, body, document, lenient, unsupported, ignored);
        Documents.refreshSchemas(type, document);
        return new CanonicalResource(document, ignored.names());
    }

    /**
     * A value for one attribute or sub-attribute, as a PATCH operation gives it.
     *
     * @return an array where the target is multi-valued; null where the value is unassigned, or is one that Muster does not
     *     keep. Parts of a complex value may be missing: it may be meant to be merged (RFC 7644 §3.5.2.3)
     */
    public @Nullable JsonNode value(AttributeRef target, JsonNode value) {
        if (neverStored(target)) {
            heard(target);
            return null;
        }
        return values().whole(target.target(), value, Place.of(target.toString()));
    }

    /** One value of a multi-valued attribute; null where it is unassigned. */
    public @Nullable JsonNode element(AttributeRef attribute, JsonNode value) {
        return values().single(attribute.target(), value, Place.of(attribute.toString()));
    }

    /**
     * The attributes in the value of a PATCH operation without a path, in the order in which they were sent; complex values
     * stay whole. Not among them: {@code schemas}, what is never stored and, under COMPAT, what is readOnly (Okta sends
     * {@code id}) or unknown.
     */
    public List<AttributeValue> values(JsonNode object) {
        if (!object.isObject()) {
            throw ScimException.invalidValue("value must be an object where there is no path");
        }
        Set<String> seen = new HashSet<>();
        List<AttributeValue> values = new ArrayList<>();
        for (Sent sent : SentMembers.of(type, object, lenient, ignored())) {
            String path = sent.name().toString();
            if (!seen.add(path)) {
                throw ScimException.invalidSyntax(path + " is given more than once; names do not differ by case");
            }
            AttributeRef attribute = sent.name().attribute();
            boolean skipped =
                    neverStored(attribute) || (lenient && attribute.attribute().mutability() == Mutability.READ_ONLY);
            if (skipped) {
                heard(attribute);
            } else {
                values.add(new AttributeValue(path, sent.value()));
            }
        }
        return values;
    }

    /** Says of a path that it leads to nothing that the type has, and that what was sent for it is dropped. */
    public void ignore(String path) {
        ignored().add(path);
    }

    private ValueCanonicalizer values() {
        return new ValueCanonicalizer(lenient, ignored());
    }

    private Ignored ignored() {
        return new Ignored(unsupported, listener);
    }

    private void heard(AttributeRef attribute) {
        ignored().add(attribute);
    }

    private Iterable<SentAttribute> attributes(JsonNode body, Ignored ignored) {
        IdentityHashMap<Attribute, SentAttribute> known = new IdentityHashMap<>();
        List<SentAttribute> ordered = new ArrayList<>();
        for (Sent sent : SentMembers.of(type, body, lenient, ignored)) {
            AttributeRef whole = sent.name().attribute().whole();
            SentAttribute attribute = known.get(whole.attribute());
            if (attribute == null) {
                attribute = new SentAttribute(whole);
                known.put(whole.attribute(), attribute);
                ordered.add(attribute);
            }
            attribute.add(sent.name(), sent.value());
        }
        return ordered;
    }

    private static ObjectNode owner(ObjectNode document, @Nullable String extension) {
        if (extension == null) {
            return document;
        }
        return document.get(extension) instanceof ObjectNode object ? object : document.putObject(extension);
    }

    private static boolean kept(AttributeRef attribute) {
        return attribute.attribute().mutability() != Mutability.READ_ONLY && !neverStored(attribute);
    }

    private static boolean neverStored(AttributeRef attribute) {
        return !attribute.attribute().readable() || !attribute.target().readable();
    }
}
