package dev.muster.audit;

import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.Identity;
import dev.muster.scim.schema.CaseFolding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was asked of Muster, and what became of it. There is room for names, ids and sentences, and none for headers,
 * bodies, query strings or attribute values other than {@code who}.
 *
 * @param id made when the request came; the order of ids is the order of time
 * @param requestId what the response's {@code X-Request-Id} says
 * @param operation the index of the operation in a Bulk request; null for a request as a whole
 * @param operator whether the operator did it, by the Admin API, and not the identity provider
 * @param tokenId the token that the request came with, expired and revoked ones too, or that the operator made or revoked
 * @param method null where the entry is no request, but says that some were not logged
 * @param who what the resource concerned is known by, or what was sent for one that could not be created
 * @param scimType of the error (RFC 7644 §3.12)
 * @param reason the error in a sentence
 * @param query the attributes and operators of a query's filter, such as {@code userName eq}
 * @param ignored names of attributes that were sent and dropped
 * @param micros how long the server worked until the response was handed to the transport, in microseconds
 */
public record LogEntry(
        String tenant,
        UUID id,
        String requestId,
        @Nullable Integer operation,
        boolean operator,
        @Nullable String tokenId,
        @Nullable String method,
        @Nullable String resourceType,
        @Nullable UUID resourceId,
        Identity who,
        @Nullable Integer status,
        Outcome outcome,
        @Nullable String scimType,
        @Nullable String reason,
        @Nullable Advice advice,
        List<String> query,
        List<String> ignored,
        ChangedAttributes changes,
        @Nullable Integer micros) {

    /** The longest name that is kept of a resource; {@code person} finds it by as many characters. */
    private static final int LONGEST_NAME = 256;

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_WORD = 100;

    public LogEntry {
        tokenId = LogText.of(tokenId, LONGEST_WORD);
        method = LogText.of(method, LONGEST_WORD);
        resourceType = LogText.of(resourceType, LONGEST_WORD);
        who = bounded(who);
        reason = LogText.of(reason, LONGEST_REASON);
        query = List.copyOf(query);
        ignored = List.copyOf(ignored);
    }

    /** A name as it is kept. */
    static @Nullable String kept(@Nullable String name) {
        return LogText.of(name, LONGEST_NAME);
    }

    /** A name in the form in which it is found as the directory compares it. */
    static @Nullable String folded(@Nullable String name) {
        String kept = kept(name);
        return kept == null ? null : kept(CaseFolding.fold(kept));
    }

    private static Identity bounded(Identity who) {
        return who.isUnknown()
                ? who
                : new Identity(kept(who.userName()), kept(who.externalId()), kept(who.displayName()));
    }

    /** When the request came. */
    public Instant time() {
        return EntryIds.time(id);
    }
}
