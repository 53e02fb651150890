package dev.muster.tenant;

import java.util.List;
import java.util.Set;

/**
 * A tenant has other settings than before; fired when they have been saved, on the server that saved them.
 *
 * @param names the settings that are others now
 */
public record SettingsChanged(String tenant, List<String> names) {

    private static final Set<String> OF_SCHEMAS = Set.of("schemas", "resourceTypes", "attributes", "uniqueness");

    /** Whether the tenant's resources have to be indexed anew. */
    public boolean ofSchemas() {
        return names.stream().anyMatch(OF_SCHEMAS::contains);
    }
}
