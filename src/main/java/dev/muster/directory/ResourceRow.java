package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.resource.HiddenAttributes;
import dev.muster.scim.resource.SearchForm;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a canonical document: the document, and everything by which it is found. By attributes that are switched
 * off it is not.
 *
 * @param search the document with every value in the form in which it is compared
 * @param searchKeys one for each value that equality may ask for, sorted
 * @param uniqueValues the values that no other resource of the type may have
 */
record ResourceRow(
        @Nullable String userName,
        @Nullable String externalId,
        @Nullable String displayName,
        @Nullable Boolean active,
        String document,
        String search,
        Long[] searchKeys,
        List<UniqueValue> uniqueValues) {

    static ResourceRow of(ResourceType type, ObjectNode document) {
        ObjectNode shown = HiddenAttributes.without(type, document);
        ObjectNode search = SearchForm.of(type, shown);
        return new ResourceRow(
                column(type, shown, "userName")
                        .map(JsonNode::textValue)
                        .map(CaseFolding::fold)
                        .orElse(null),
                column(type, shown, "externalId").map(JsonNode::textValue).orElse(null),
                column(type, shown, "displayName")
                        .map(JsonNode::textValue)
                        .map(CaseFolding::fold)
                        .orElse(null),
                column(type, shown, "active").map(JsonNode::booleanValue).orElse(null),
                document.toString(),
                search.toString(),
                Arrays.stream(SearchKeys.of(type).keysOf(search)).boxed().toArray(Long[]::new),
                UniqueValue.of(type, search));
    }

    /** Those of the unique values that a stored document had already. */
    List<UniqueValue> uniqueValuesKeptFrom(ResourceType type, String before) {
        List<UniqueValue> had = UniqueValue.of(type, before);
        return uniqueValues.stream().filter(had::contains).toList();
    }

    /** The value of an attribute that is found by a column. */
    private static Optional<JsonNode> column(ResourceType type, ObjectNode document, String attribute) {
        return type.resolve(null, attribute, null)
                .flatMap(ref -> ResourceColumn.of(type, ref))
                .flatMap(column -> Optional.ofNullable(document.get(attribute)));
    }
}
