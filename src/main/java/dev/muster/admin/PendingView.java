package dev.muster.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.AccountJson;
import dev.muster.account.Pending;
import dev.muster.account.PendingEntry;
import dev.muster.account.ValueChange;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits, as the Admin API shows it; what is not known is left out.
 *
 * @param resourceId of the User or Group
 * @param type {@code User} or {@code Group}
 * @param reason {@code dry-run}, {@code deletion-guard}, {@code department}, {@code review} or {@code conflict}
 * @param accountId the account that is concerned, where there is one
 * @param action what would be done: {@code create}, {@code update}, {@code deactivate}, {@code block}, {@code delete},
 *     {@code link} or {@code none}
 * @param changes what would become another value, by the name of an account's field
 * @param members of a group: how many would come and go
 * @param candidates the accounts in question, where somebody has to say whose they are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PendingView(
        UUID resourceId,
        String type,
        String reason,
        Instant since,
        PendingEntry.Who who,
        @Nullable UUID accountId,
        String action,
        SequencedMap<String, ValueChange> changes,
        PendingEntry.@Nullable Members members,
        @Nullable List<ObjectNode> candidates) {

    static PendingView of(PendingEntry entry) {
        Pending pending = entry.pending();
        return new PendingView(
                pending.resource(),
                pending.type(),
                pending.reason().keyword(),
                pending.since(),
                entry.who(),
                pending.account(),
                entry.action().keyword(),
                entry.changes(),
                entry.members(),
                entry.candidates().isEmpty()
                        ? null
                        : entry.candidates().stream().map(AccountJson::of).toList());
    }
}
