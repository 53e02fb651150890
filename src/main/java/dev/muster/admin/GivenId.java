package dev.muster.admin;

import dev.muster.audit.EntryIds;
import dev.muster.tenant.TenantProblem;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An id in an address or a body. */
final class GivenId {

    private GivenId() {}

    /** Fails with {@link TenantProblem} of the field where the text is none. */
    static UUID of(@Nullable String text, String field) {
        return Optional.ofNullable(text)
                .flatMap(EntryIds::parse)
                .orElseThrow(() -> TenantProblem.invalid(field, "Must be an id, as Muster has given it."));
    }
}
