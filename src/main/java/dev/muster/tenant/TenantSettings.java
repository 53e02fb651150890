package dev.muster.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ExtensionDeclaration;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A tenant's rules, from its settings document.
 *
 * @param conformance {@code compat} (default) or {@code strict}
 * @param schemas the extension schemas that this tenant has besides the standard ones
 */
public record TenantSettings(Conformance conformance, List<ExtensionDeclaration> schemas) {

    private static final Set<String> KEYS = Set.of("conformance", "schemas");

    public TenantSettings {
        schemas = List.copyOf(schemas);
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
            if (!KEYS.contains(name)) {
                throw TenantProblem.invalid(
                        "/" + abbreviated(name),
                        "There is no such setting. The settings are: "
                                + String.join(", ", KEYS.stream().sorted().toList()) + ".");
            }
        });
        return new TenantSettings(conformance(document.path("conformance")), schemas(document.path("schemas")));
    }

    /**
     * The schemas and resource types that these settings give.
     *
     * @throws TenantProblem where the schemas do not go together, such as one declared twice
     */
    public SchemaRegistry registry() {
        try {
            return schemas.isEmpty()
                    ? SchemaRegistry.standard()
                    : SchemaRegistry.standard().with(schemas);
        } catch (ScimException e) {
            throw TenantProblem.invalid("/schemas", e.error().detail());
        }
    }

    /** {@code document} with every default written out. */
    public static ObjectNode withDefaults(ObjectNode document) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("conformance", keyword(Conformance.COMPAT));
        whole.putArray("schemas");
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

    private static String keyword(Conformance conformance) {
        return conformance.name().toLowerCase(Locale.ROOT);
    }

    private static List<ExtensionDeclaration> schemas(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw TenantProblem.invalid("/schemas", "Must be an array of schemas (RFC 7643 §7).");
        }
        List<ExtensionDeclaration> declarations = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            declarations.add(declaration(value.get(i), "/schemas/" + i));
        }
        return declarations;
    }

    private static ExtensionDeclaration declaration(JsonNode value, String pointer) {
        try {
            return ExtensionDeclaration.read(value, pointer);
        } catch (ScimException e) {
            throw TenantProblem.invalid(pointer, e.error().detail());
        }
    }

    private static String abbreviated(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
