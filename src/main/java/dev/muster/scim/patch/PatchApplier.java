package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.resource.ResourceRules;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.CommonAttributes;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies PATCH operations to a canonical document (RFC 7644 §3.5.2): one after the other, all or none.
 *
 * <p>What the RFC leaves open, or clients need otherwise, is decided so:
 * <ul>
 *   <li>A value of a multi-valued attribute is there already when its {@code type} and {@code value} are (RFC 7643 §2.4);
 *       adding it again merges what else is given. Values without {@code value} are compared whole.
 *   <li>A value filter that matches nothing: add creates the value that the filter's equalities describe; replace does so
 *       only under COMPAT and is noTarget under STRICT (§3.5.2.3); remove changes nothing (§3.5.2.2: "no changes should be
 *       made … and a success response should be returned").
 *   <li>Replace on a selected value replaces all of it ("all matching record values SHALL be replaced"); under COMPAT it keeps
 *       what the filter selected it by. Replace on a single-valued complex attribute leaves sub-attributes that are not given;
 *       under STRICT it replaces all of it, as the SCIM 2.0 Interoperability Profile wants it.
 *   <li>A path to a sub-attribute of a multi-valued attribute without a filter means that of every value, or of a new one
 *       where there is none.
 *   <li>A value whose sub-attributes have all been removed disappears; under COMPAT also one that has only {@code type} and
 *       {@code primary} left, because Entra ID removes an address by removing its parts.
 *   <li>An operation that would make several values primary is invalidValue.
 *   <li>An immutable attribute can be given a value once, and not be removed; the value of a multi-valued attribute that
 *       contains immutable sub-attributes can be removed as a whole.
 * </ul>
 */
public final class PatchApplier {

    private final ResourceRules rules;
    private final RequiredRule required;
    private final SingleValuedEdit singleValued;
    private final MultiValuedEdit multiValued;

    public PatchApplier(ResourceType type, Conformance conformance) {
        this.rules = new ResourceRules(type);
        this.required = new RequiredRule(type);
        this.singleValued = new SingleValuedEdit(conformance);
        this.multiValued = new MultiValuedEdit(conformance);
    }

    /**
     * The document after {@code operations}; {@code document} itself is not changed. Equal to {@code document} where the
     * operations only assert what is already so.
     *
     * <p>Only what the operations touch is held to the schema's demands, so that a demand made later does not stop the
     * changes of resources that were there before. {@code schemas} follows the attributes that are present (§3.5.2); an
     * operation that sets it changes nothing by itself.
     *
     * @throws ScimException mutability for an attribute that a client cannot change or that is required and would have no
     *     value; noTarget where a value filter has to match and does not; invalidValue where the result breaks the schema
     */
    public ObjectNode apply(ObjectNode document, List<PatchOperation> operations) {
        ObjectNode result = document.deepCopy();
        for (PatchOperation operation : operations) {
            applyTo(result, operation);
        }
        required.check(document, result, operations);
        rules.refreshSchemas(result);
        return result;
    }

    private void applyTo(ObjectNode resource, PatchOperation operation) {
        AttributeRef reference = operation.path().attribute();
        Attribute attribute = reference.attribute();
        requireWritable(reference);
        if (attribute.name().equals(CommonAttributes.SCHEMAS.name()) && reference.extension() == null) {
            if (operation instanceof PatchOperation.Remove) {
                throw ScimException.mutability("'schemas' is required and cannot be removed.");
            }
            return;
        }
        ObjectNode container = container(resource, reference.extension());
        JsonNode before = container.get(attribute.name());
        JsonNode kept = before == null || attribute.mutability() != Mutability.IMMUTABLE ? null : before.deepCopy();
        JsonNode after =
                attribute.multiValued() ? editMultiValued(operation, before) : singleValued.apply(operation, before);
        if (kept != null && (after == null || !ValueIdentity.identical(kept, after))) {
            throw ComplexValue.immutable(reference.whole());
        }
        store(resource, container, reference, after);
    }

    private @Nullable JsonNode editMultiValued(PatchOperation operation, @Nullable JsonNode before) {
        List<JsonNode> elements = new ArrayList<>();
        if (before != null) {
            before.forEach(elements::add);
        }
        PrimaryRule primary = new PrimaryRule(operation.path().attribute().attribute(), elements);
        List<JsonNode> edited = multiValued.apply(operation, elements);
        primary.restore(edited);
        return edited.isEmpty()
                ? null
                : JsonNodeFactory.instance.arrayNode(edited.size()).addAll(edited);
    }

    private static void requireWritable(AttributeRef reference) {
        Attribute sub = reference.subAttribute();
        if (reference.attribute().mutability() == Mutability.READ_ONLY
                || (sub != null && sub.mutability() == Mutability.READ_ONLY)) {
            throw ScimException.mutability("'" + reference + "' is read-only; leave it out of the request.");
        }
    }

    private static ObjectNode container(ObjectNode resource, @Nullable String extension) {
        if (extension == null) {
            return resource;
        }
        return resource.get(extension) instanceof ObjectNode present ? present : JsonNodeFactory.instance.objectNode();
    }

    private static void store(
            ObjectNode resource, ObjectNode container, AttributeRef reference, @Nullable JsonNode value) {
        if (value == null || (value.isContainerNode() && value.isEmpty())) {
            container.remove(reference.attribute().name());
        } else {
            container.set(reference.attribute().name(), value);
        }
        String extension = reference.extension();
        if (extension != null && container.isEmpty()) {
            resource.remove(extension);
        } else if (extension != null) {
            resource.set(extension, container);
        }
    }
}
