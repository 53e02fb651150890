package dev.muster.directory;

import dev.muster.scim.message.PageRequest;
import dev.muster.tenant.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Cursors as the server made them more than their time ago. */
public final class ExpiredCursors {

    private ExpiredCursors() {}

    /** One of {@code GET /Users} with this count. */
    public static String ofAllUsers(Tenant tenant, int count) {
        SearchQuery query = new SearchQuery(
                "/Users",
                List.of(new SearchQuery.Part(
                        tenant.schemas().resourceType("User").orElseThrow(), null, null, false)),
                false,
                PageRequest.FIRST,
                "[]-[]",
                "");
        return Search.seal(tenant, query, Ordering.of(query))
                .close(new Cursor(
                        new Position(null, new UUID(0, 0)),
                        false,
                        count,
                        Instant.now().minusSeconds(1)));
    }
}
