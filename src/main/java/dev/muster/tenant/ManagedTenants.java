package dev.muster.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which tenants are declared by files, and so are not changed by requests: both would undo what the other has done. */
@ApplicationScoped
class ManagedTenants {

    private final Map<String, String> files = new ConcurrentHashMap<>();

    /** The file that declares the tenant: {@code file}, unless another was first. */
    String claim(String tenant, String file) {
        String first = files.putIfAbsent(tenant, file);
        return first == null ? file : first;
    }

    /** The file does not declare the tenant any more. */
    void release(@Nullable String tenant, String file) {
        if (tenant != null) {
            files.remove(tenant, file);
        }
    }

    /** @throws TenantProblem a conflict that names the file which declares the tenant */
    void refuseChange(String tenant) {
        String file = files.get(tenant);
        if (file != null) {
            throw TenantProblem.conflict("The tenant " + tenant + " is managed by the file " + file
                    + " of muster.tenants.dir. Change it there, or remove the file first.");
        }
    }
}
