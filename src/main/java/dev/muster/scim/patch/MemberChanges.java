package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.Literal;
import dev.muster.scim.filter.Operator;
import dev.muster.scim.filter.Path;
import dev.muster.scim.schema.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads operations on {@code members} as {@link MemberChange}s. */
final class MemberChanges {

    private static final String VALUE = "value";
    private static final String TYPE = "type";

    private final Conformance conformance;

    MemberChanges(Conformance conformance) {
        this.conformance = conformance;
    }

    /** What {@code operation} changes; empty where it changes nothing. */
    Optional<MemberChange> of(PatchOperation operation) {
        Attribute sub = operation.path().attribute().subAttribute();
        if (sub != null) {
            return ofSubAttribute(operation, sub);
        }
        Filter filter = operation.path().valueFilter();
        return switch (operation) {
            case PatchOperation.Add add when filter == null -> Optional.of(new MemberChange.Add(members(add.value())));
            case PatchOperation.Add add -> Optional.of(selected(filter, add.value()));
            case PatchOperation.Replace replace
            when filter == null -> Optional.of(new MemberChange.ReplaceAll(members(replace.value())));
            case PatchOperation.Replace replace -> Optional.of(selected(filter, replace.value()));
            case PatchOperation.Remove remove when filter != null -> Optional.of(removed(filter));
            case PatchOperation.Remove remove when remove.value() == null -> Optional.of(new MemberChange.RemoveAll());
            case PatchOperation.Remove remove ->
                Optional.of(new MemberChange.Remove(members(remove.value()).stream()
                        .map(MemberChange.Member::value)
                        .toList()));
        };
    }

    private Optional<MemberChange> ofSubAttribute(PatchOperation operation, Attribute sub) {
        Path.OfAttribute path = operation.path();
        boolean identifies = sub.name().equals(VALUE) || sub.name().equals(TYPE);
        if (conformance == Conformance.STRICT || identifies) {
            throw ScimException.mutability(
                    "'" + path.attribute() + "' is immutable; remove the member and add it again to change it.");
        }
        return Optional.empty();
    }

    /** {@code members[value eq "x"]} with a value: it can only say again who the member is, as that is immutable. */
    private MemberChange selected(Filter filter, JsonNode given) {
        List<String> values = namedValues(filter).orElse(List.of());
        JsonNode value = given.path(VALUE);
        if (conformance == Conformance.STRICT
                || values.size() != 1
                || !(value.isMissingNode() || value.asText().equals(values.getFirst()))) {
            throw ScimException.mutability(
                    "The values of 'members' are immutable; remove the member and add another one.");
        }
        return new MemberChange.Add(List.of(new MemberChange.Member(values.getFirst(), type(given))));
    }

    private static MemberChange removed(Filter filter) {
        return namedValues(filter)
                .<MemberChange>map(MemberChange.Remove::new)
                .orElseGet(() -> new MemberChange.RemoveMatching(filter));
    }

    /** The ids of {@code value eq "a" or value eq "b"}; empty for any other filter. */
    private static Optional<List<String>> namedValues(Filter filter) {
        List<Filter> alternatives = filter instanceof Filter.Or or ? or.operands() : List.of(filter);
        List<String> values = new ArrayList<>(alternatives.size());
        for (Filter alternative : alternatives) {
            if (alternative instanceof Filter.Or nested) {
                Optional<List<String>> inner = namedValues(nested);
                if (inner.isEmpty()) {
                    return Optional.empty();
                }
                values.addAll(inner.get());
            } else if (alternative instanceof Filter.Comparison comparison
                    && comparison.operator() == Operator.EQ
                    && comparison.attribute().target().name().equals(VALUE)
                    && comparison.value() instanceof Literal.Text text) {
                values.add(text.value());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static List<MemberChange.Member> members(@Nullable JsonNode value) {
        Stream<JsonNode> elements =
                value == null ? Stream.empty() : value.isArray() ? value.valueStream() : Stream.of(value);
        return elements.map(MemberChanges::member).distinct().toList();
    }

    private static MemberChange.Member member(JsonNode element) {
        if (!element.path(VALUE).isTextual()) {
            throw ScimException.invalidValue("Every value of 'members' needs 'value', the id of a user or a group.");
        }
        return new MemberChange.Member(element.get(VALUE).textValue(), type(element));
    }

    private static @Nullable String type(JsonNode element) {
        return element.path(TYPE).textValue();
    }
}
