package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.DateTimes;

/** Whether two canonical values of an attribute are the same by the attribute's own rule ({@code caseExact}, its type). */
final class SameValue {

    private SameValue() {}

    static boolean test(Attribute attribute, JsonNode one, JsonNode other) {
        if (one.isArray() && other.isArray()) {
            if (one.size() != other.size()) {
                return false;
            }
            for (int i = 0; i < one.size(); i++) {
                if (!test(attribute, one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return switch (attribute.type()) {
            case STRING, REFERENCE, BINARY -> text(attribute, one).equals(text(attribute, other));
            case BOOLEAN -> one.booleanValue() == other.booleanValue();
            case INTEGER, DECIMAL -> one.decimalValue().compareTo(other.decimalValue()) == 0;
            case DATE_TIME -> DateTimes.parse(one.asText()).equals(DateTimes.parse(other.asText()));
            case COMPLEX ->
                attribute.subAttributes().stream().allMatch(sub -> {
                    JsonNode a = one.get(sub.name());
                    JsonNode b = other.get(sub.name());
                    return a == null ? b == null : b != null && test(sub, a, b);
                });
        };
    }

    private static String text(Attribute attribute, JsonNode value) {
        return attribute.caseExact() ? value.asText() : CaseFolding.fold(value.asText());
    }
}
