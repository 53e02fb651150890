package dev.muster.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.dialect.Unsupported;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ExtensionDeclaration;
import dev.muster.scim.schema.ResourceTypeDeclaration;
import dev.muster.scim.schema.SchemaRegistry;
import dev.muster.tenant.settings.AccountRules;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

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

    private static final Set<String> OF_ACCOUNTS = Arrays.stream(AccountRules.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int USUAL_LOG_RETENTION = 180;
    private static final int LONGEST_LOG_RETENTION = 3_650;

    public TenantSettings {
        schemas = List.copyOf(schemas);
        resourceTypes = List.copyOf(resourceTypes);
    }

    /**
     * Reads a settings document that a tenant has; what is absent is as its preset says, else it has its default.
     *
     * @throws TenantProblem where a value cannot be read; it names the field
     */
    public static TenantSettings parse(JsonNode document) {
        if (!(document instanceof ObjectNode object)) {
            throw TenantProblem.invalid("/", "The settings must be a JSON object.");
        }
        ObjectNode effective = SettingsDocument.effective(object);
        return new TenantSettings(
                conformance(effective.path("conformance")),
                elements(effective, "schemas", ExtensionDeclaration::read),
                elements(effective, "resourceTypes", ResourceTypeDeclaration::read),
                logRetentionDays(effective.path("logRetentionDays")),
                rules(effective));
    }

    /**
     * Finds all that is wrong with a settings document that somebody wants a tenant to have.
     *
     * @throws TenantProblem with every fault that was found, each with the JSON pointer of its field
     */
    public static void check(ObjectNode document) {
        SettingsDocument.check(document);
    }

    /**
     * The schemas and resource types that these settings give, with the attributes that are on.
     *
     * @throws TenantProblem where the schemas do not go together, such as one declared twice, or an attribute is named that there
     *     is not
     */
    public SchemaRegistry registry() {
        return new TakenAttributes(rules).of(declared());
    }

    /** What becomes of attributes that a client sends and that are not in {@link #registry()}. */
    public Unsupported unsupported() {
        return switch (rules.attributes().unsupported()) {
            case null -> Unsupported.usual(conformance);
            case IGNORE -> Unsupported.IGNORED;
            case REJECT -> Unsupported.REFUSED;
        };
    }

    /** The schemas and resource types with all of their attributes, whether they are on or not. */
    public SchemaRegistry declared() {
        SchemaRegistry standard =
                conformance == Conformance.STRICT ? SchemaRegistry.ofInteropProfile() : SchemaRegistry.standard();
        SchemaRegistry extended = extended(
                "/schemas",
                schemas.size(),
                count -> standard.with(schemas.stream()
                        .limit(count)
                        .filter(this::extendsNamedType)
                        .toList()));
        return resourceTypes.isEmpty()
                ? extended
                : extended(
                        "/resourceTypes",
                        resourceTypes.size(),
                        count -> extended.withTypes(
                                resourceTypes.stream().limit(count).toList(),
                                schemas.stream()
                                        .map(ExtensionDeclaration::schema)
                                        .toList()));
    }

    /** With the first {@code size} declarations; where they do not go together, the first that is one too many is at fault. */
    private static SchemaRegistry extended(String setting, int size, IntFunction<SchemaRegistry> withFirst) {
        try {
            return withFirst.apply(size);
        } catch (ScimException e) {
            if (size > 1) {
                extended(setting, size - 1, withFirst);
            }
            throw TenantProblem.invalid(
                    Pointers.element(setting, size - 1), e.error().detail());
        }
    }

    /** Whether the same accounts follow from other settings. */
    public boolean makesTheSameAccountsAs(TenantSettings other) {
        return schemas.equals(other.schemas)
                && resourceTypes.equals(other.resourceTypes)
                && rules.makesTheSameAccountsAs(other.rules);
    }

    /** Whether a schema extends the type that it names: no resource type of the tenant's own refers to it. */
    private boolean extendsNamedType(ExtensionDeclaration declaration) {
        String id = declaration.schema().id();
        return resourceTypes.stream()
                .noneMatch(type -> type.schema().equalsIgnoreCase(id)
                        || type.extensions().stream()
                                .anyMatch(extension -> extension.schema().equalsIgnoreCase(id)));
    }

    /** {@code document} with all that it does not say written out: its preset's settings, and the defaults. */
    public static ObjectNode withDefaults(ObjectNode document) {
        return SettingsDocument.withDefaults(document);
    }

    /** All but the tenant's own schemas and resource types, as a document. */
    ObjectNode asJson() {
        ObjectNode document = JSON.valueToTree(rules);
        document.put("conformance", keyword(conformance));
        document.put("logRetentionDays", logRetentionDays);
        document.putArray("schemas");
        document.putArray("resourceTypes");
        return document;
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
        // 30.0 is a whole number too, for JSON Schema as for the other settings.
        if (!value.canConvertToExactIntegral()
                || !value.canConvertToInt()
                || value.intValue() < 1
                || value.intValue() > LONGEST_LOG_RETENTION) {
            throw TenantProblem.invalid(
                    "/logRetentionDays", "Must be a whole number of days from 1 to " + LONGEST_LOG_RETENTION + ".");
        }
        return value.intValue();
    }

    private static AccountRules rules(JsonNode document) {
        ObjectNode rules = document.<ObjectNode>deepCopy().retain(OF_ACCOUNTS);
        try {
            return JSON.treeToValue(rules, AccountRules.class);
        } catch (JsonMappingException e) {
            String pointer = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
                    .collect(Collectors.joining());
            throw TenantProblem.invalid(pointer, "Is not what this setting can be.");
        } catch (JsonProcessingException e) {
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
            String pointer = Pointers.element("/" + setting, i);
            try {
                elements.add(reader.apply(value.get(i), pointer));
            } catch (ScimException e) {
                String detail = e.error().detail();
                throw TenantProblem.invalid(detail.substring(0, detail.indexOf(' ')), detail);
            }
        }
        return elements;
    }
}
