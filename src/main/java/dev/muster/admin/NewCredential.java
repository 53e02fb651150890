package dev.muster.admin;

import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.TokenScope;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What requests for tokens and for clients have in common. */
final class NewCredential {

    private NewCredential() {}

    /** The scope with this keyword; {@code scim} where none is given. */
    static TokenScope scope(@Nullable String keyword) {
        return keyword == null
                ? TokenScope.SCIM
                : TokenScope.of(keyword)
                        .orElseThrow(() -> TenantProblem.invalid("scope", "Must be \"scim\" or \"app\"."));
    }

    /** When it is to expire; null where that is left to us. */
    static @Nullable Instant expiry(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw TenantProblem.invalid(
                    "expiresAt", "Must be a date and time with an offset, as 2027-01-31T00:00:00Z.");
        }
    }

    /** The answer that shows a secret, which nobody on the way may keep. */
    static Response shownOnce(Object made) {
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        return Response.status(Response.Status.CREATED)
                .cacheControl(never)
                .entity(made)
                .build();
    }
}
