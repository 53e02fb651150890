package dev.muster.scim.schema;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The resource types and schemas of one tenant. Immutable. */
public final class SchemaRegistry {

    private static final String TYPE = "type";
    private static final List<String> USUAL_TYPES = List.of("work", "home", "other");

    private static final SchemaRegistry STANDARD = ofUsersAndGroups(StandardSchemas.USER);
    private static final SchemaRegistry OF_INTEROP_PROFILE =
            ofUsersAndGroups(withTypes(without("password", StandardSchemas.USER)));

    private final List<ResourceType> resourceTypes;
    private final Map<String, ResourceType> byName;
    private final Map<String, ResourceType> byEndpoint;
    private final Map<String, Schema> schemas;

    private SchemaRegistry(List<ResourceType> resourceTypes) {
        this.resourceTypes = List.copyOf(resourceTypes);
        this.byName = resourceTypes.stream().collect(Collectors.toMap(ResourceType::name, Function.identity()));
        this.byEndpoint = resourceTypes.stream().collect(Collectors.toMap(ResourceType::endpoint, Function.identity()));
        this.schemas = new LinkedHashMap<>();
        Stream<Schema> ofTypes = resourceTypes.stream()
                .flatMap(type -> Stream.concat(
                        Stream.of(type.schema()), type.extensions().stream().map(SchemaExtension::schema)));
        Stream.concat(ofTypes, StandardSchemas.DISCOVERY.stream())
                .forEach(schema -> schemas.putIfAbsent(key(schema.id()), schema));
    }

    private static SchemaRegistry ofUsersAndGroups(Schema user) {
        return new SchemaRegistry(List.of(
                new ResourceType(
                        "User",
                        "/Users",
                        "User Account",
                        user,
                        List.of(new SchemaExtension(StandardSchemas.ENTERPRISE_USER, false))),
                new ResourceType("Group", "/Groups", "Group", StandardSchemas.GROUP, List.of())));
    }

    private static Schema without(String attribute, Schema schema) {
        return new Schema(
                schema.id(),
                schema.name(),
                schema.description(),
                schema.attributes().stream()
                        .filter(candidate -> !candidate.name().equals(attribute))
                        .toList());
    }

    /** RFC 7643 names no types of entitlements, roles and certificates; those of most other attributes are declared. */
    private static Schema withTypes(Schema schema) {
        return new Schema(
                schema.id(),
                schema.name(),
                schema.description(),
                schema.attributes().stream()
                        .map(attribute -> declaresItsTypes(attribute) ? attribute : withTypes(attribute))
                        .toList());
    }

    private static Attribute withTypes(Attribute attribute) {
        return attribute.with(attribute.subAttributes().stream()
                .map(sub -> sub.name().equals(TYPE) ? sub.suggesting(USUAL_TYPES) : sub)
                .toList());
    }

    private static boolean declaresItsTypes(Attribute attribute) {
        return !attribute.multiValued()
                || attribute
                        .subAttribute(TYPE)
                        .filter(type -> type.canonicalValues().isEmpty())
                        .isEmpty();
    }

    /** User with the enterprise extension, and Group. */
    public static SchemaRegistry standard() {
        return STANDARD;
    }

    /**
     * The same as the SCIM 2.0 Interoperability Profile wants it: exactly what is kept, so without {@code password}, and with
     * the types that values of multi-valued attributes can have.
     */
    public static SchemaRegistry ofInteropProfile() {
        return OF_INTEROP_PROFILE;
    }

    /** Whether wherever values of a multi-valued attribute have a type, it is declared which there are. */
    public boolean declaresTypes() {
        return resourceTypes.stream()
                .flatMap(type -> Stream.concat(
                        Stream.of(type.schema()), type.extensions().stream().map(SchemaExtension::schema)))
                .flatMap(schema -> schema.attributes().stream())
                .allMatch(SchemaRegistry::declaresItsTypes);
    }

    /**
     * This registry with the extensions that a tenant declares. One whose id a type's extension already has says what is
     * different in it: its attributes take the places of those of the same names, such as {@code department} with a closed
     * list of values, and the others stay.
     *
     * @throws ScimException invalidValue where the resource type is unknown, the id is a core or discovery schema's, two
     *     declarations are for the same schema and type, or one schema id would mean two things
     */
    public SchemaRegistry with(List<ExtensionDeclaration> declarations) {
        Set<String> seen = new HashSet<>();
        Map<String, ResourceType> types = new LinkedHashMap<>();
        resourceTypes.forEach(type -> types.put(type.name(), type));
        for (ExtensionDeclaration declaration : declarations) {
            String id = declaration.schema().id();
            refuseFixed(id);
            ResourceType type = types.get(declaration.resourceType());
            if (type == null) {
                throw ScimException.invalidValue("schema " + id + " is declared for the resource type \""
                        + Shown.of(declaration.resourceType()) + "\"; known are " + String.join(", ", types.keySet()));
            }
            if (!seen.add(type.name() + ' ' + key(id))) {
                throw ScimException.invalidValue("schema " + id + " is declared twice for " + type.name());
            }
            types.put(type.name(), extended(type, declaration));
        }
        SchemaRegistry registry = new SchemaRegistry(List.copyOf(types.values()));
        registry.refuseAmbiguous();
        return registry;
    }

    /**
     * This registry with resource types of the tenant's own.
     *
     * @param declared the schemas that the types may refer to, besides those of this registry
     * @throws ScimException invalidValue where a name, an endpoint or a core schema is taken, or a schema is not declared
     */
    public SchemaRegistry withTypes(List<ResourceTypeDeclaration> declarations, List<Schema> declared) {
        Map<String, Schema> known = new LinkedHashMap<>(schemas);
        declared.forEach(schema -> known.putIfAbsent(key(schema.id()), schema));
        List<ResourceType> types = new ArrayList<>(resourceTypes);
        for (ResourceTypeDeclaration declaration : declarations) {
            ResourceType type = type(declaration, known);
            for (ResourceType other : types) {
                refuseTaken(type, other);
            }
            types.add(type);
        }
        SchemaRegistry registry = new SchemaRegistry(types);
        registry.refuseAmbiguous();
        return registry;
    }

    private static ResourceType type(ResourceTypeDeclaration declaration, Map<String, Schema> known) {
        List<SchemaExtension> extensions = declaration.extensions().stream()
                .map(extension ->
                        new SchemaExtension(declared(declaration, extension.schema(), known), extension.required()))
                .toList();
        return new ResourceType(
                declaration.name(),
                declaration.endpoint(),
                declaration.description(),
                declared(declaration, declaration.schema(), known),
                extensions);
    }

    private static Schema declared(ResourceTypeDeclaration declaration, String id, Map<String, Schema> known) {
        Schema schema = known.get(key(id));
        if (schema == null) {
            throw ScimException.invalidValue("resource type " + declaration.name() + " refers to the schema \""
                    + Shown.of(id) + "\", which is not declared; add it to schemas");
        }
        return schema;
    }

    private static void refuseTaken(ResourceType type, ResourceType other) {
        if (type.name().equalsIgnoreCase(other.name())) {
            throw ScimException.invalidValue("there is a resource type " + other.name() + " already");
        }
        if (type.endpoint().equalsIgnoreCase(other.endpoint())) {
            throw ScimException.invalidValue("the endpoint " + other.endpoint() + " is taken by " + other.name());
        }
        if (type.schema().id().equalsIgnoreCase(other.schema().id())) {
            throw ScimException.invalidValue("the schema " + other.schema().id() + " is the core schema of "
                    + other.name() + "; a resource type needs one of its own");
        }
    }

    private void refuseFixed(String id) {
        boolean core =
                resourceTypes.stream().anyMatch(type -> type.schema().id().equalsIgnoreCase(id));
        boolean discovery = StandardSchemas.DISCOVERY.stream()
                .anyMatch(schema -> schema.id().equalsIgnoreCase(id));
        if (core || discovery) {
            throw ScimException.invalidValue("schema " + id + " is not an extension and cannot be declared");
        }
    }

    private void refuseAmbiguous() {
        for (ResourceType type : resourceTypes) {
            for (SchemaExtension extension : type.extensions()) {
                if (!extension
                        .schema()
                        .equals(schemas.get(key(extension.schema().id())))) {
                    throw ScimException.invalidValue(
                            "schema " + extension.schema().id()
                                    + " would mean different things for two resource types; give them different ids");
                }
            }
        }
    }

    private static ResourceType extended(ResourceType type, ExtensionDeclaration declaration) {
        SchemaExtension declared = new SchemaExtension(declaration.schema(), declaration.required());
        List<SchemaExtension> extensions = new ArrayList<>();
        boolean replaced = false;
        for (SchemaExtension extension : type.extensions()) {
            boolean same =
                    extension.schema().id().equalsIgnoreCase(declared.schema().id());
            replaced |= same;
            extensions.add(
                    same
                            ? new SchemaExtension(
                                    overlaid(extension.schema(), declaration.schema()), declared.required())
                            : extension);
        }
        if (!replaced) {
            extensions.add(declared);
        }
        return type.with(extensions);
    }

    private static Schema overlaid(Schema schema, Schema changes) {
        List<Attribute> attributes = new ArrayList<>(schema.attributes());
        attributes.replaceAll(attribute -> changes.attribute(attribute.name()).orElse(attribute));
        changes.attributes().stream()
                .filter(attribute -> schema.attribute(attribute.name()).isEmpty())
                .forEach(attributes::add);
        boolean named =
                !changes.name().equals(changes.id().substring(changes.id().lastIndexOf(':') + 1));
        return new Schema(
                schema.id(),
                named ? changes.name() : schema.name(),
                changes.description().isEmpty() ? schema.description() : changes.description(),
                attributes);
    }

    /**
     * This registry with a part of its attributes.
     *
     * @param on by the name of a type: the attributes and sub-attributes of it that are on, besides what is on always; types
     *     that are not named keep all of theirs
     * @throws ScimException invalidValue where one schema id would mean two things
     */
    public SchemaRegistry withOnly(Map<String, List<AttributeRef>> on) {
        return changed(
                type -> on.containsKey(type.name()) ? new AttributeSelection(on.get(type.name())).of(type) : type);
    }

    /**
     * This registry with attributes of one type whose values must be unique.
     *
     * @param unique of a complex attribute, its {@code value} is meant
     * @throws ScimException invalidValue where values cannot be unique, or one schema id would mean two things
     */
    public SchemaRegistry withUnique(String typeName, List<AttributeRef> unique) {
        UniqueAttributes attributes = new UniqueAttributes(unique);
        return changed(type -> type.name().equals(typeName) ? attributes.of(type) : type);
    }

    private SchemaRegistry changed(UnaryOperator<ResourceType> change) {
        SchemaRegistry registry =
                new SchemaRegistry(resourceTypes.stream().map(change).toList());
        registry.refuseAmbiguous();
        return registry;
    }

    /** The type of that name, such as {@code User}; case matters (it is part of URLs). */
    public Optional<ResourceType> resourceType(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The type with that endpoint, such as {@code /Users}; case matters. */
    public Optional<ResourceType> byEndpoint(String endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }

    /** All types, in the order in which discovery shows them. */
    public List<ResourceType> resourceTypes() {
        return resourceTypes;
    }

    /** Every schema once: those of the resource types, then those of discovery. */
    public List<Schema> schemas() {
        return List.copyOf(schemas.values());
    }

    /** The schema with that id, in any case. */
    public Optional<Schema> schema(String id) {
        return Optional.ofNullable(schemas.get(key(id)));
    }

    private static String key(String schemaId) {
        return schemaId.toLowerCase(Locale.ROOT);
    }
}
