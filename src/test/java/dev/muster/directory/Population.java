package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.filter.RandomFilters;
import dev.muster.scim.filter.TestTypes;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.DateTimes;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Random users, groups and memberships, in the database and as documents that a filter can be evaluated on. */
final class Population {

    static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "ab",
            "AB",
            "a_b",
            "aXb",
            "a%b",
            "%",
            "_",
            "\\",
            "\\%",
            "\"",
            "'",
            "''",
            "$1",
            "a b",
            "straße",
            "STRASSE",
            "ΣΑΣ",
            "σας",
            "é",
            "e\u0301",
            "É",
            "ı",
            "İ",
            "😀",
            "\uE000",
            "\uFFFD",
            "work",
            "Work",
            "home",
            "{}",
            "null",
            new String(Character.toChars(0x10FFFF)),
            "\uD7FF",
            "\n",
            "\u0001");

    private final FilterDatabase database;
    private final Random random;
    private final RandomFilters values;
    private final List<ResourceType> types;
    private final Map<String, Map<UUID, ObjectNode>> resources = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    /** @param types the first one's resources and those of Group, if it is there, become members */
    Population(FilterDatabase database, Random random, List<ResourceType> types) {
        this.database = database;
        this.random = random;
        this.types = types;
        this.values = new RandomFilters(random, types.getFirst(), ref -> "");
        database.maintain("truncate resource, resource_key, membership");
        for (ResourceType type : types) {
            resources.put(type.name(), new LinkedHashMap<>());
            int count = type.name().equals("Group") ? 12 : 40;
            for (int i = 0; i < count; i++) {
                add(type);
            }
        }
        of("Group").keySet().forEach(this::addMembers);
    }

    /** The documents of a type with everything in them that a client could see. */
    Map<UUID, ObjectNode> of(ResourceType type) {
        return of(type.name());
    }

    private Map<UUID, ObjectNode> of(String typeName) {
        return resources.getOrDefault(typeName, Map.of());
    }

    /** A literal that some value of {@code attribute} may have. */
    String text(AttributeRef attribute) {
        String parent = attribute.attribute().name();
        String name = attribute.target().name();
        List<UUID> ids = resources.values().stream()
                .flatMap(map -> map.keySet().stream())
                .toList();
        String id = values.pick(ids).toString();
        if (random.nextInt(10) == 0) {
            return values.pick(TEXTS);
        }
        return switch (name) {
            case "schemas" ->
                values.pick(List.of(types.getFirst().schema().id(), TestTypes.ENTERPRISE, TestTypes.CUSTOM, "core"));
            case "id" -> random.nextInt(3) == 0 ? id.substring(0, 2) : id;
            case "resourceType" -> values.pick(List.of("User", "user", "Group", "Device", "U"));
            case "version" -> values.pick(List.of("W/\"1\"", "W/\"2\"", "W/\"", "1", "2\""));
            case "location", "$ref" -> values.pick(types).endpoint() + "/" + id;
            case "type" -> values.pick(List.of("work", "WORK", "User", "group", "direct"));
            case "value" -> parent.equals("members") || parent.equals("groups") ? id : values.pick(TEXTS);
            default -> values.pick(TEXTS);
        };
    }

    private void add(ResourceType type) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("schemas").add(type.schema().id());
        fill(
                document,
                type.coreAttributes()
                        .filter(core -> !(type.name() + core.name()).equals("Groupmembers"))
                        .toList());
        type.extensions().forEach(extension -> {
            ObjectNode part = JsonNodeFactory.instance.objectNode();
            fill(part, extension.schema().attributes());
            if (!part.isEmpty() && random.nextInt(4) > 0) {
                document.set(extension.schema().id(), part);
                document.withArray("/schemas").add(extension.schema().id());
            }
        });
        String userName = CaseFolding.fold(document.path("userName").asText());
        if (document.has("userName") && !names.add(type.name() + userName)) {
            document.remove("userName");
        }
        UUID id = new UUID(random.nextLong(), random.nextLong());
        insert(type, id, document);
        of(type).put(id, seen(type, id, document));
    }

    private void fill(ObjectNode object, List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            boolean stored = Set.of(Mutability.READ_WRITE, Mutability.IMMUTABLE).contains(attribute.mutability())
                    && !attribute.name().equals("schemas");
            if (!stored || random.nextInt(3) == 0) {
                continue;
            }
            if (attribute.multiValued()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    value(attribute).ifPresent(array::add);
                }
                if (!array.isEmpty()) {
                    object.set(attribute.name(), array);
                }
            } else {
                value(attribute).ifPresent(value -> object.set(attribute.name(), value));
            }
        }
    }

    private Optional<JsonNode> value(Attribute attribute) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (attribute.type()) {
            case STRING, REFERENCE, BINARY ->
                Optional.of(json.textNode(
                        values.pick(attribute.name().equals("type") ? List.of("work", "Work", "home") : TEXTS)));
            case BOOLEAN -> Optional.of(json.booleanNode(random.nextBoolean()));
            case INTEGER -> Optional.of(json.numberNode(values.number().toBigInteger()));
            case DECIMAL -> Optional.of(json.numberNode(values.number()));
            case DATE_TIME -> Optional.of(json.textNode(values.moment().toString()));
            case COMPLEX -> {
                ObjectNode object = json.objectNode();
                fill(object, attribute.subAttributes());
                yield object.isEmpty() ? Optional.empty() : Optional.of(object);
            }
        };
    }

    private void insert(ResourceType type, UUID id, ObjectNode document) {
        ResourceRow stored = ResourceRow.of(type, document);
        long version = 1 + random.nextInt(2);
        OffsetDateTime created = micros();
        OffsetDateTime modified = micros();
        database.insert(
                "insert into resource values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11::text::jsonb,$12::text::jsonb,$13)",
                type.name(),
                id,
                version,
                stored.userName(),
                stored.externalId(),
                stored.displayName(),
                stored.active(),
                created,
                modified,
                stored.document(),
                stored.search(),
                stored.searchKeys());
        database.insert("insert into resource_key select $1, k, $2 from unnest($3::int8[]) k", id, stored.searchKeys());
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        meta.put("resourceType", type.name());
        meta.put("created", DateTimes.normalised(created.toInstant()));
        meta.put("lastModified", DateTimes.normalised(modified.toInstant()));
        meta.put("location", type.endpoint() + "/" + id);
        meta.put("version", "W/\"" + version + "\"");
        document.set("meta", meta);
    }

    private OffsetDateTime micros() {
        Instant moment = values.moment();
        return moment.minusNanos(moment.getNano() % 1000).atOffset(ZoneOffset.UTC);
    }

    /** As a client sees it, dateTimes normalised. */
    private ObjectNode seen(ResourceType type, UUID id, ObjectNode document) {
        ObjectNode seen = (ObjectNode) mapped(type, document);
        seen.put("id", id.toString());
        return seen;
    }

    private void addMembers(UUID group) {
        Set<UUID> members = new HashSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.add(values.pick(
                    List.copyOf(of(random.nextInt(4) == 0 ? "Group" : "User").keySet())));
        }
        for (UUID member : members) {
            boolean user = of("User").containsKey(member);
            database.insert(
                    "insert into membership values ($1, $2, $3, $4, now())", group, member, user ? "User" : "Group");
            ObjectNode other = of(user ? "User" : "Group").get(member);
            reference(
                    of("Group").get(group).withArray("/members"),
                    member,
                    other,
                    user ? "User" : "Group",
                    user ? "/Users/" : "/Groups/");
            if (user) {
                reference(other.withArray("/groups"), group, of("Group").get(group), "direct", "/Groups/");
            }
        }
    }

    private static void reference(ArrayNode array, UUID id, ObjectNode resource, String type, String endpoint) {
        ObjectNode reference = array.addObject();
        reference.put("value", id.toString());
        reference.put("$ref", endpoint + id);
        reference.put("type", type);
        if (resource.has("displayName")) {
            reference.set("display", resource.get("displayName"));
        }
    }

    private static JsonNode mapped(ResourceType type, ObjectNode document) {
        ObjectNode mapped = mapped(type.coreAttributes().toList(), document);
        type.extensions().forEach(extension -> {
            if (document.get(extension.schema().id()) instanceof ObjectNode part) {
                mapped.set(extension.schema().id(), mapped(extension.schema().attributes(), part));
            }
        });
        return mapped;
    }

    private static ObjectNode mapped(List<Attribute> attributes, ObjectNode object) {
        ObjectNode mapped = JsonNodeFactory.instance.objectNode();
        for (Attribute attribute : attributes) {
            JsonNode value = object.get(attribute.name());
            if (value instanceof ArrayNode array) {
                ArrayNode all = mapped.putArray(attribute.name());
                array.forEach(element -> all.add(mapped(attribute, element)));
            } else if (value != null) {
                mapped.set(attribute.name(), mapped(attribute, value));
            }
        }
        return mapped;
    }

    private static JsonNode mapped(Attribute attribute, JsonNode value) {
        if (value instanceof ObjectNode complex) {
            return mapped(attribute.subAttributes(), complex);
        }
        if (attribute.type() == AttributeType.DATE_TIME) {
            return JsonNodeFactory.instance.textNode(
                    DateTimes.normalised(DateTimes.parse(value.textValue()).orElseThrow()));
        }
        return value;
    }
}
