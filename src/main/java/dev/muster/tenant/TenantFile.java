package dev.muster.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A file that declares a tenant, and what has become of it.
 *
 * @param file its name
 * @param tenant the id of the tenant that it declares; null where that cannot be read
 * @param error what is wrong with it; null where it has been applied
 */
public record TenantFile(
        String file,
        @Nullable String tenant,
        State state,
        @Nullable Fault error) {

    /** What has become of a file. */
    public enum State {
        /** The tenant is as it says. */
        @JsonProperty("applied")
        APPLIED,
        /** It must be mended; the tenant is as it was. */
        @JsonProperty("faulty")
        FAULTY,
        /** It cannot be applied at the moment, and is tried again. */
        @JsonProperty("waiting")
        WAITING
    }

    static TenantFile applied(String file, String tenant) {
        return new TenantFile(file, tenant, State.APPLIED, null);
    }

    static TenantFile faulty(String file, @Nullable String tenant, TenantProblem problem) {
        return new TenantFile(file, tenant, State.FAULTY, problem.faults().getFirst());
    }

    static TenantFile waiting(String file, @Nullable String tenant, String why) {
        return new TenantFile(file, tenant, State.WAITING, new Fault("/id", why));
    }
}
