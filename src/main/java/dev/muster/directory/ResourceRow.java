package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.resource.SearchForm;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.ResourceType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a canonical document: the document, and everything by which it is found.
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
        ObjectNode search = SearchForm.of(type, document);
        return new ResourceRow(
                folded(type, document, "userName"),
                text(type, document, "externalId"),
                folded(type, document, "displayName"),
                flag(type, document, "active"),
                document.toString(),
                search.toString(),
                Arrays.stream(SearchKeys.of(type).keysOf(search)).boxed().toArray(Long[]::new),
                UniqueValue.of(type, search));
    }

    private static @Nullable String folded(ResourceType type, ObjectNode document, String attribute) {
        String text = text(type, document, attribute);
        boolean exact = type.resolve(null, attribute, null)
                .map(ref -> ref.attribute().caseExact())
                .orElse(true);
        return text == null || exact ? text : CaseFolding.fold(text);
    }

    private static @Nullable String text(ResourceType type, ObjectNode document, String attribute) {
        JsonNode value = document.get(attribute);
        return type.resolve(null, attribute, null).isPresent() && value != null && value.isTextual()
                ? value.textValue()
                : null;
    }

    private static @Nullable Boolean flag(ResourceType type, ObjectNode document, String attribute) {
        JsonNode value = document.get(attribute);
        return type.resolve(null, attribute, null).isPresent() && value != null && value.isBoolean()
                ? value.booleanValue()
                : null;
    }
}
