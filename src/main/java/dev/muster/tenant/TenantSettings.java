package dev.muster.tenant;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ExtensionDeclaration;
import dev.muster.scim.schema.ResourceTypeDeclaration;
import dev.muster.scim.schema.SchemaRegistry;
import dev.muster.tenant.settings.AccountRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tenant's rules, from its settings document.
 *
 * @param conformance {@code compat} (default) or {@code strict}
 * @param schemas the schemas that this tenant has besides the standard ones: extensions of the resource type that they
 *     name, unless a resource type of the tenant's own refers to them
 * @param resourceTypes the resource types that this tenant has besides User and Group
 * @param logRetentionDays how long entries of the provisioning log are kept, 1 to 3650; 180 by default
 * @param rules what the tenant wants of its users and accounts
 */
public record TenantSettings(
        Conformance conformance,
        List<ExtensionDeclaration> schemas,
        List<ResourceTypeDeclaration> resourceTypes,
        int logRetentionDays,
        AccountRules rules) {

    private static final Set<String> OF_SCIM = Set.of("conformance", "schemas", "resourceTypes", "logRetentionDays");
    private static final Set<String> OF_ACCOUNTS = Arrays.stream(AccountRules.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static final ObjectReader RULES = JsonMapper.builder().build().readerFor(AccountRules.class);

    private static final int USUAL_LOG_RETENTION = 180;
    private static final int LONGEST_LOG_RETENTION = 3_650;

    public TenantSettings {
        schemas = List.copyOf(schemas);
        resourceTypes = List.copyOf(resourceTypes);
    }

    /**
     * Reads a settings document; what is absent has its default.
     *
     * @throws TenantProblem where a setting is unknown or its value not acceptable; it names the field
     */
    public static TenantSettings parse(JsonNode document) {
        if (!document.isObject()) {
            throw TenantProblem.invalid("/", "The settings must be a JSON object.");
        }
        document.fieldNames().forEachRemaining(name -> {
            if (!OF_SCIM.contains(name) && !OF_ACCOUNTS.contains(name)) {
                throw TenantProblem.invalid(
                        "/" + abbreviated(name),
                        "There is no such setting. The settings are: "
                                + Stream.concat(OF_SCIM.stream(), OF_ACCOUNTS.stream())
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        });
        return new TenantSettings(
                conformance(document.path("conformance")),
                elements(document, "schemas", ExtensionDeclaration::read),
                elements(document, "resourceTypes", ResourceTypeDeclaration::read),
                logRetentionDays(document.path("logRetentionDays")),
                rules(document));
    }

    /**
     * The schemas and resource types that these settings give.
     *
     * @throws TenantProblem where the schemas do not go together, such as one declared twice
     */
    public SchemaRegistry registry() {
        try {
            SchemaRegistry standard =
                    conformance == Conformance.STRICT ? SchemaRegistry.passwordless() : SchemaRegistry.standard();
            SchemaRegistry extended = standard.with(
                    schemas.stream().filter(this::extendsNamedType).toList());
            return resourceTypes.isEmpty()
                    ? extended
                    : extended.withTypes(
                            resourceTypes,
                            schemas.stream().map(ExtensionDeclaration::schema).toList());
        } catch (ScimException e) {
            throw TenantProblem.invalid("/schemas", e.error().detail());
        }
    }

    /** Whether a schema extends the type that it names: no resource type of the tenant's own refers to it. */
    private boolean extendsNamedType(ExtensionDeclaration declaration) {
        String id = declaration.schema().id();
        return resourceTypes.stream()
                .noneMatch(type -> type.schema().equalsIgnoreCase(id)
                        || type.extensions().stream()
                                .anyMatch(extension -> extension.schema().equalsIgnoreCase(id)));
    }

    /** {@code document} with every default written out. */
    public static ObjectNode withDefaults(ObjectNode document) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("conformance", keyword(Conformance.COMPAT));
        whole.putArray("schemas");
        whole.putArray("resourceTypes");
        whole.put("logRetentionDays", USUAL_LOG_RETENTION);
        whole.setAll(document);
        return whole;
    }

    private static Conformance conformance(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Conformance.COMPAT;
        }
        return Arrays.stream(Conformance.values())
                .filter(candidate -> keyword(candidate).equals(value.asText()))
                .findFirst()
                .orElseThrow(() -> TenantProblem.invalid("/conformance", "Must be \"compat\" or \"strict\"."));
    }

    private static int logRetentionDays(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return USUAL_LOG_RETENTION;
        }
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > LONGEST_LOG_RETENTION) {
            throw TenantProblem.invalid(
                    "/logRetentionDays", "Must be a whole number of days from 1 to " + LONGEST_LOG_RETENTION + ".");
        }
        return value.intValue();
    }

    private static AccountRules rules(JsonNode document) {
        ObjectNode rules = document.<ObjectNode>deepCopy().retain(OF_ACCOUNTS);
        try {
            return RULES.readValue(rules);
        } catch (JsonMappingException e) {
            String pointer = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
                    .collect(Collectors.joining());
            throw TenantProblem.invalid(pointer, "Is not what this setting can be.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String keyword(Conformance conformance) {
        return conformance.name().toLowerCase(Locale.ROOT);
    }

    private static <T> List<T> elements(JsonNode document, String setting, BiFunction<JsonNode, String, T> reader) {
        JsonNode value = document.path(setting);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw TenantProblem.invalid("/" + setting, "Must be an array.");
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String pointer = "/" + setting + "/" + i;
            try {
                elements.add(reader.apply(value.get(i), pointer));
            } catch (ScimException e) {
                throw TenantProblem.invalid(pointer, e.error().detail());
            }
        }
        return elements;
    }

    private static String abbreviated(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
