package dev.muster.endpoint;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The rates of production, as low as they may be, and every other limit at or near its lowest. */
public class LoweredLimits implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("muster.limits.requests-per-second", "25"),
                Map.entry("muster.limits.failed-authentications-per-second", "1"),
                Map.entry("muster.limits.filter-length", "256"),
                Map.entry("muster.limits.filter-depth", "5"),
                Map.entry("muster.limits.filter-nodes", "10"),
                Map.entry("muster.limits.patch-operations", "50"),
                Map.entry("muster.limits.members-per-request", "10000"),
                Map.entry("muster.limits.bulk-operations", "10"),
                Map.entry("muster.limits.page-size", "2"),
                Map.entry("muster.limits.largest-page", "3"),
                Map.entry("muster.limits.json-depth", "10"),
                Map.entry("muster.limits.json-string-length", "65536"),
                Map.entry("muster.limits.json-number-length", "20"),
                Map.entry("muster.limits.address-length", "2048"),
                Map.entry("muster.limits.header-size", "8192"),
                Map.entry("quarkus.http.limits.max-body-size", "1M"));
    }
}
