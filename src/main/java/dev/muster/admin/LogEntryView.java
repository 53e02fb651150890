package dev.muster.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.audit.Advice;
import dev.muster.audit.LogEntry;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.Identity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log as the Admin API shows it; what is not known or empty is left out.
 *
 * @param actor {@code identityProvider} or {@code operator}
 * @param advice what to do about an error
 * @param durationMillis until the response was handed to the transport
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LogEntryView(
        UUID id,
        Instant time,
        String requestId,
        @Nullable Integer operation,
        String actor,
        @Nullable String tokenId,
        @Nullable String method,
        @Nullable String resourceType,
        @Nullable UUID resourceId,
        @Nullable Who who,
        @Nullable Integer status,
        String outcome,
        @Nullable String scimType,
        @Nullable String reason,
        @Nullable String advice,
        List<String> query,
        List<String> ignored,
        @Nullable Changes changes,
        @Nullable Double durationMillis) {

    /** What the resource concerned is known by, or what was sent for one that could not be created. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Who(
            @Nullable String userName,
            @Nullable String externalId,
            @Nullable String displayName) {}

    /** Names of attributes, or of settings. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Changes(List<String> added, List<String> changed, List<String> removed) {}

    static LogEntryView of(LogEntry entry) {
        Advice advice = entry.advice();
        Integer micros = entry.micros();
        return new LogEntryView(
                entry.id(),
                entry.time(),
                entry.requestId(),
                entry.operation(),
                entry.operator() ? "operator" : "identityProvider",
                entry.tokenId(),
                entry.method(),
                entry.resourceType(),
                entry.resourceId(),
                who(entry.who()),
                entry.status(),
                entry.outcome().keyword(),
                entry.scimType(),
                entry.reason(),
                advice == null ? null : advice.sentence(),
                entry.query(),
                entry.ignored(),
                changes(entry.changes()),
                micros == null ? null : micros / 1_000.0);
    }

    private static @Nullable Who who(Identity who) {
        return who.isUnknown() ? null : new Who(who.userName(), who.externalId(), who.displayName());
    }

    private static @Nullable Changes changes(ChangedAttributes changes) {
        return changes.isEmpty() ? null : new Changes(changes.added(), changes.changed(), changes.removed());
    }
}
