package dev.muster.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tenant as a file wants it to be.
 *
 * @param displayName the id unless said otherwise
 * @param enabled true unless said otherwise
 * @param settings a settings document that has been checked; empty unless said otherwise
 */
record TenantDeclaration(String id, String displayName, boolean enabled, ObjectNode settings) {

    private static final String SETTINGS = "/settings";
    private static final Set<String> MEMBERS = Set.of("id", "displayName", "enabled", "settings");

    /** The id that a document says, where it says one that can be. */
    static Optional<String> id(JsonNode document) {
        return Optional.ofNullable(document.path("id").textValue()).filter(Tenants::isId);
    }

    /**
     * Reads a whole document.
     *
     * @throws TenantProblem with the JSON pointers of what is wrong
     */
    static TenantDeclaration read(JsonNode document) {
        if (!document.isObject()) {
            throw TenantProblem.invalid(
                    "/", "Must be a mapping with id and, if wanted, displayName, enabled, settings.");
        }
        List<Fault> faults = new ArrayList<>();
        document.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                faults.add(new Fault(
                        Pointers.member("", name),
                        "There is no such field. Known are displayName, enabled, id, settings."));
            }
        });
        String id = id(document).orElse("");
        if (id.isEmpty()) {
            faults.add(new Fault("/id", "Is required, and must be a string that matches [a-z0-9-]{1,63}."));
        }
        JsonNode displayName = document.path("displayName");
        if (!isAbsent(displayName) && !Tenants.isDisplayName(displayName.textValue())) {
            faults.add(new Fault("/displayName", "Must be a string of 1 to 200 characters."));
        }
        JsonNode enabled = document.path("enabled");
        if (!isAbsent(enabled) && !enabled.isBoolean()) {
            faults.add(new Fault("/enabled", "Must be true or false."));
        }
        ObjectNode settings = settings(document.path("settings"), faults);
        if (!faults.isEmpty()) {
            throw TenantProblem.invalid(faults);
        }
        return new TenantDeclaration(id, displayName.asText(id), enabled.asBoolean(true), settings);
    }

    private static ObjectNode settings(JsonNode value, List<Fault> faults) {
        if (value instanceof ObjectNode settings) {
            try {
                TenantSettings.check(settings);
            } catch (TenantProblem problem) {
                problem.faults().forEach(fault -> faults.add(new Fault(SETTINGS + fault.field(), fault.detail())));
            }
            return settings;
        }
        if (!isAbsent(value)) {
            faults.add(new Fault(SETTINGS, "Must be a mapping of settings."));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
