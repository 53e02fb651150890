package dev.muster.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Settings that a tenant's own are merged over.
 *
 * @param name what the setting {@code preset} says
 * @param description whom it is for
 * @param settings a settings document
 */
public record Preset(String name, String description, ObjectNode settings) {

    private static final List<Preset> ALL =
            List.of("entra", "okta", "generic").stream().map(Preset::read).toList();

    /** All that there are. */
    public static List<Preset> all() {
        return ALL;
    }

    /** The preset of that name. */
    static Optional<Preset> named(String name) {
        return ALL.stream().filter(preset -> preset.name().equals(name)).findFirst();
    }

    private static Preset read(String name) {
        JsonNode resource = SettingsResource.read("presets/" + name + ".json");
        return new Preset(
                resource.required("name").asText(),
                resource.required("description").asText(),
                (ObjectNode) resource.required("settings"));
    }
}
