package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.CommonAttributes;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import dev.muster.scim.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which resources of one type are found through an index when a value of theirs is given. A key is 64 bits of a hash:
 * it leads to candidates, and every search compares the values themselves besides.
 *
 * <p>Every value of every indexed attribute has its key, so that a search may rely on them; what {@link #indexed} says of an
 * attribute depends on its definition, so that a change of the schemas needs the keys to be made anew.
 */
public final class SearchKeys {

    /** Sub-attributes whose values are shared by too many resources to find any by. */
    private static final Set<String> UNSELECTIVE = Set.of("type", "primary", "display", "$ref");

    /** By identity, for a type has hundreds of attributes to compare; a tenant's changed type comes as another object. */
    private static final Cache<ResourceType, SearchKeys> KNOWN = Caffeine.newBuilder()
            .weakKeys()
            .expireAfterAccess(Duration.ofMinutes(1))
            .build();

    private final ResourceType type;
    private @Nullable List<Indexed> indexed;

    public SearchKeys(ResourceType type) {
        this.type = type;
    }

    /** The keys of a type, kept while it is in use: finding out what is indexed costs more than a request may. */
    static SearchKeys of(ResourceType type) {
        return KNOWN.get(type, SearchKeys::new);
    }

    private record Indexed(AttributeRef attribute, String path) {}

    /** Made when first needed, since a search asks only for single keys; made twice if two threads meet. */
    private List<Indexed> indexed() {
        List<Indexed> known = indexed;
        if (known == null) {
            known = Stream.concat(
                            type.schema().attributes().stream().map(core -> new AttributeRef(null, core, null)),
                            type.extensions().stream()
                                    .map(SchemaExtension::schema)
                                    .flatMap(SearchKeys::references))
                    .flatMap(whole -> Stream.concat(
                            Stream.of(whole),
                            whole.attribute().subAttributes().stream().map(whole::sub)))
                    .filter(this::indexed)
                    .map(attribute -> new Indexed(attribute, attribute.toString()))
                    .toList();
            indexed = known;
        }
        return known;
    }

    private static Stream<AttributeRef> references(Schema schema) {
        return schema.attributes().stream().map(attribute -> new AttributeRef(schema.id(), attribute, null));
    }

    /**
     * Whether the values of {@code attribute} have keys. Not: what is found by a column or by membership, {@code type},
     * {@code primary}, {@code display} and {@code $ref}, booleans, binaries, and what has canonical values.
     */
    public boolean indexed(AttributeRef attribute) {
        Attribute target = attribute.target();
        boolean selective = switch (target.type()) {
            case STRING, REFERENCE, INTEGER, DECIMAL, DATE_TIME ->
                target.canonicalValues().isEmpty();
            case BOOLEAN, BINARY, COMPLEX -> false;
        };
        return selective
                && (attribute.extension() != null || !CommonAttributes.ALL.contains(attribute.attribute()))
                && (attribute.subAttribute() == null || !UNSELECTIVE.contains(target.name()))
                && ResourceColumn.of(type, attribute).isEmpty()
                && Membership.of(type, attribute).isEmpty();
    }

    /**
     * The key of one value.
     *
     * @param attributePath {@link AttributeRef#toString()}
     * @param value the value as text in its searchable form; numbers without trailing zeros, as {@link #keysOf} has them
     */
    public long key(String attributePath, String value) {
        String keyed = type.name() + '\0' + attributePath + '\0' + value;
        return ByteBuffer.wrap(sha256().digest(keyed.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /**
     *
     * /** The keys of a resource of this type, distinct and ascending; {@code search} is its searchable document. */
    public long[] keysOf(ObjectNode search) {
        return indexed().stream()
                .flatMapToLong(attribute -> keysOf(search, attribute))
                .sorted()
                .distinct()
                .toArray();
    }

    private LongStream keysOf(ObjectNode search, Indexed keyed) {
        AttributeRef attribute = keyed.attribute();
        JsonNode container = attribute.extension() == null ? search : search.path(attribute.extension());
        Attribute sub = attribute.subAttribute();
        Stream<JsonNode> whole = each(container.path(attribute.attribute().name()));
        Stream<JsonNode> values = sub == null ? whole : whole.flatMap(value -> each(value.path(sub.name())));
        return values.filter(JsonNode::isValueNode).mapToLong(value -> key(keyed.path(), text(value)));
    }

    private static String text(JsonNode value) {
        return value.isNumber() ? SqlValue.number(value.decimalValue()) : value.asText();
    }

    private static Stream<JsonNode> each(JsonNode value) {
        return value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
