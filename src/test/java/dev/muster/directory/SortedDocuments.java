package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.CaseFolding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The order of RFC 7644 §3.4.2.3 as plainly as it can be said, to hold the SQL to. */
final class SortedDocuments {

    private SortedDocuments() {}

    /** A document and what it is sorted by. */
    record Entry(UUID id, Optional<Object> key) {

        static Entry of(UUID id, ObjectNode document, @Nullable AttributeRef sortBy) {
            return new Entry(id, sortBy == null ? Optional.empty() : sortedBy(document, sortBy));
        }
    }

    static Comparator<Entry> order(boolean descending) {
        Comparator<Entry> ascending = Comparator.comparing(
                        (Entry entry) -> entry.key().isEmpty())
                .thenComparing((a, b) ->
                        a.key().isEmpty() ? 0 : compare(a.key().get(), b.key().orElseThrow()))
                .thenComparing(entry -> entry.id().toString());
        return descending ? ascending.reversed() : ascending;
    }

    private static int compare(Object a, Object b) {
        return switch (a) {
            case String text ->
                Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
            case java.math.BigDecimal number -> number.compareTo((java.math.BigDecimal) b);
            case Boolean bool -> bool.compareTo((Boolean) b);
            default -> throw new IllegalArgumentException(a.toString());
        };
    }

    private static Optional<Object> sortedBy(ObjectNode document, AttributeRef ref) {
        JsonNode container = ref.extension() == null ? document : document.path(ref.extension());
        JsonNode whole = container.path(ref.attribute().name());
        Attribute sub = ref.subAttribute();
        JsonNode value = MissingNode.getInstance();
        for (JsonNode one : primaryFirst(whole)) {
            value = sub == null ? one : one.path(sub.name());
            if (sub == null || !sub.multiValued() || !value.isEmpty()) {
                break;
            }
        }
        value = value.isArray() ? value.path(0) : value;
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (value.isTextual()) {
            boolean folded = !ref.target().caseExact() && ref.target().type() != AttributeType.DATE_TIME;
            return Optional.of(folded ? CaseFolding.fold(value.textValue()) : value.textValue());
        }
        return Optional.of(value.isBoolean() ? value.booleanValue() : value.decimalValue());
    }

    private static List<JsonNode> primaryFirst(JsonNode whole) {
        if (!whole.isArray()) {
            return List.of(whole);
        }
        List<JsonNode> values = new ArrayList<>();
        whole.forEach(values::add);
        values.sort(
                Comparator.comparing((JsonNode value) -> !value.path("primary").asBoolean(false)));
        return values;
    }
}
