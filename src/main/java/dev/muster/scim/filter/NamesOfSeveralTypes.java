package dev.muster.scim.filter;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names in a query over several types, as they are meant for one of them: its own attributes first, else those of the others.
 * The others' are told apart by {@link #isOwn}: a core attribute comes with its schema's id, as if the schema were an
 * extension.
 */
final class NamesOfSeveralTypes implements Names {

    private record Other(ResourceType type, AttributeNames names) {}

    private final ResourceType type;
    private final AttributeNames own;
    private final List<Other> others;

    NamesOfSeveralTypes(ResourceType type, List<ResourceType> all, Conformance conformance) {
        this.type = type;
        this.own = new AttributeNames(type, conformance);
        this.others = all.stream()
                .filter(other -> !other.name().equals(type.name()))
                .map(other -> new Other(other, new AttributeNames(other, conformance)))
                .toList();
    }

    @Override
    public Optional<AttributeRef> resolve(String name) {
        return own.resolve(name)
                .or(() -> others.stream()
                        .flatMap(other -> other.names().resolve(name).map(ref -> foreign(other, ref)).stream())
                        .findFirst());
    }

    @Override
    public Optional<AttributeRef> subAttribute(AttributeRef whole, String name) {
        return own.subAttribute(whole, name)
                .or(() -> others.stream()
                        .flatMap(other -> subAttribute(other, whole, name))
                        .findFirst());
    }

    /** Whether an attribute that was resolved here is one of the type itself. */
    boolean isOwn(AttributeRef attribute) {
        String sub = attribute.subAttribute() == null
                ? null
                : attribute.subAttribute().name();
        return type.resolve(attribute.extension(), attribute.attribute().name(), sub)
                .isPresent();
    }

    private static Stream<AttributeRef> subAttribute(Other other, AttributeRef whole, String name) {
        return other.type().resolve(whole.extension(), whole.attribute().name(), null).stream()
                .flatMap(same -> other.names().subAttribute(same, name).stream())
                .map(ref -> foreign(other, ref));
    }

    private static AttributeRef foreign(Other other, AttributeRef ref) {
        return ref.extension() != null
                ? ref
                : new AttributeRef(other.type().schema().id(), ref.attribute(), ref.subAttribute());
    }
}
