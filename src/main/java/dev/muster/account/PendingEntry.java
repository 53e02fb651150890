package dev.muster.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.AccountGroupRepository.Difference;
import dev.muster.scim.resource.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits, and what would become of it.
 *
 * @param who what the resource is known by, or was
 * @param action what would be done if it were released, approved, or linked to its only candidate
 * @param changes what would become another value, by name
 * @param candidates the accounts in question, where somebody has to say whose they are
 * @param members of a group: how many would come and go; null of a user
 */
public record PendingEntry(
        Pending pending,
        Who who,
        AccountAction action,
        SequencedMap<String, ValueChange> changes,
        List<Account> candidates,
        @Nullable Members members) {

    public PendingEntry {
        candidates = List.copyOf(candidates);
    }

    /** What people know a user or a group by, each null where it is not known. */
    public record Who(
            @Nullable String userName,
            @Nullable String externalId,
            @Nullable String displayName,
            @Nullable String email) {}

    /** How many members come and go. */
    public record Members(long added, long removed) {}

    /** @param user null where it is gone */
    static PendingEntry ofUser(
            Pending pending, @Nullable ObjectNode user, Assessment assessed, Map<UUID, Account> accounts) {
        Account known = assessed.after() == null || assessed.after().status() == AccountStatus.DELETED
                ? assessed.before()
                : assessed.after();
        return new PendingEntry(
                pending,
                who(user, known == null ? null : known.profile()),
                AccountAction.of(assessed),
                assessed.differences(),
                pending.candidates().stream()
                        .map(accounts::get)
                        .filter(Objects::nonNull)
                        .toList(),
                null);
    }

    private static Who who(@Nullable ObjectNode user, @Nullable Profile profile) {
        if (profile == null) {
            Identity identity = user == null ? Identity.UNKNOWN : Identity.of(user);
            return new Who(identity.userName(), identity.externalId(), identity.displayName(), null);
        }
        String displayName = Identity.of(user == null ? profile.fields() : user).displayName();
        return new Who(profile.userName(), profile.externalId(), displayName, profile.email());
    }

    /**
     * @param group null where it is gone
     * @param applied as the product knows it, null where it does not
     */
    static PendingEntry ofGroup(
            Pending pending, @Nullable ObjectNode group, @Nullable AccountGroup applied, Difference difference) {
        Identity now = group == null ? Identity.UNKNOWN : Identity.of(group);
        SequencedMap<String, ValueChange> changes = new LinkedHashMap<>();
        ValueChange.add(changes, "externalId", applied == null ? null : applied.externalId(), now.externalId());
        ValueChange.add(changes, "displayName", applied == null ? null : applied.displayName(), now.displayName());
        Who who = group == null && applied != null
                ? new Who(null, applied.externalId(), applied.displayName(), null)
                : new Who(null, now.externalId(), now.displayName(), null);
        boolean same = changes.isEmpty() && difference.isNone();
        return new PendingEntry(
                pending,
                who,
                action(group != null, applied != null, same),
                changes,
                List.of(),
                new Members(difference.added(), difference.removed()));
    }

    private static AccountAction action(boolean isThere, boolean isApplied, boolean same) {
        if (isThere == isApplied) {
            return same ? AccountAction.NONE : AccountAction.UPDATE;
        }
        return isThere ? AccountAction.CREATE : AccountAction.DELETE;
    }
}
