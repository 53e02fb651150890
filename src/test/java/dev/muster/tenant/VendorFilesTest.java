package dev.muster.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.tenant.TenantDirectory.Found;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.Deprovisioning.Action;
import dev.muster.tenant.settings.NestedGroups;
import dev.muster.tenant.settings.OperationMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The examples under {@code deploy/tenants} can be applied, and say what their vendors' guides want. */
class VendorFilesTest {

    private static final Map<String, TenantDeclaration> DECLARED = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (Found file : new TenantDirectory(Path.of("deploy/tenants")).files()) {
            TenantDeclaration declared = TenantDeclaration.read(TenantYaml.read(file.text()));
            assertEquals(file.name(), declared.id() + ".yaml");
            DECLARED.put(declared.id(), declared);
        }
    }

    @Test
    void thereIsOneForEachVendor() {
        assertEquals(Set.of("datafisher", "scifeon", "learnifier", "inspired-elearning", "lms"), DECLARED.keySet());
        DECLARED.values().forEach(declared -> {
            assertTrue(declared.enabled());
            assertNotEquals(declared.id(), declared.displayName());
            assertNotEquals(JsonNodeFactory.instance.objectNode(), declared.settings());
        });
    }

    @Test
    void theyAreDifferentSystems() {
        assertEquals(Action.BLOCK, rules("datafisher").deprovisioning().action());
        assertEquals(2, rules("datafisher").requireOneOf().size());
        assertEquals("Research", rules("scifeon").departments().map().get("R&D"));
        assertEquals(3, rules("scifeon").roles().size());
        assertEquals(20, rules("learnifier").deletionGuard().count());
        assertEquals(NestedGroups.SKIP, rules("inspired-elearning").nestedGroups());
        assertEquals(OperationMode.DRY_RUN, rules("lms").mode());
        assertEquals(365, TenantSettings.parse(DECLARED.get("lms").settings()).logRetentionDays());
    }

    private static AccountRules rules(String tenant) {
        return TenantSettings.parse(DECLARED.get(tenant).settings()).rules();
    }
}
