package dev.muster.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.AccountGroupRepository.Members;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Says what has happened to accounts and groups, in the words of the product's events. */
final class AccountEvents {

    private AccountEvents() {}

    /** Of an account that has become another; empty where the product sees no difference. */
    static Optional<AccountEvent> of(@Nullable Account before, Account after) {
        if (before == null) {
            return Optional.of(event("account.created", after, List.of()));
        }
        List<String> changed = changed(before, after);
        if (before.status() != after.status()) {
            return Optional.of(event(type(before.status(), after.status()), after, changed));
        }
        return changed.isEmpty() ? Optional.empty() : Optional.of(event("account.updated", after, changed));
    }

    /** Of an account that has been erased. */
    static AccountEvent deleted(Account account) {
        return event("account.deleted", account, List.of());
    }

    /** By name what the product sees of an account as something else, but its status. */
    private static List<String> changed(Account before, Account after) {
        List<String> changed = new ArrayList<>(before.profile().differing(after.profile()));
        if (!Objects.equals(before.resourceId(), after.resourceId())) {
            changed.add("scimId");
        }
        if (!Objects.equals(before.eraseAt(), after.eraseAt())) {
            changed.add("eraseAt");
        }
        return changed;
    }

    private static String type(AccountStatus before, AccountStatus after) {
        return switch (after) {
            case DELETED -> "account.deleted";
            case BLOCKED -> "account.blocked";
            case INACTIVE -> "account.deactivated";
            case PENDING -> "account.reactivated";
            case ACTIVE -> before == AccountStatus.PENDING ? "account.activated" : "account.reactivated";
        };
    }

    private static AccountEvent event(String type, Account account, List<String> changed) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("account", AccountJson.of(account));
        changed.forEach(data.putArray("changed")::add);
        return new AccountEvent(type, account.id(), data);
    }

    /** Of a group. */
    static AccountEvent of(String type, AccountGroup group) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("group", group.json());
        return new AccountEvent(type, group.id(), data);
    }

    /** Of a group's members, by the ids of their accounts; of groups in it by their own. */
    static AccountEvent ofMembers(UUID group, Collection<UUID> added, Collection<UUID> removed) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("group").put("id", group.toString());
        added.forEach(id -> data.withArray("added").add(id.toString()));
        removed.forEach(id -> data.withArray("removed").add(id.toString()));
        return new AccountEvent("group.members", group, data);
    }

    /** Of accounts that come into groups because they have got users who are in them. */
    static List<AccountEvent> joined(List<Members> groups, Map<UUID, UUID> accountsOfUsers) {
        return ofMembers(groups, accountsOfUsers, (group, accounts) -> ofMembers(group, accounts, List.of()));
    }

    /** Of accounts that leave groups because they have lost users who were in them. */
    static List<AccountEvent> left(List<Members> groups, Map<UUID, UUID> accountsOfUsers) {
        return ofMembers(groups, accountsOfUsers, (group, accounts) -> ofMembers(group, List.of(), accounts));
    }

    private static List<AccountEvent> ofMembers(
            List<Members> groups, Map<UUID, UUID> accountsOfUsers, BiFunction<UUID, List<UUID>, AccountEvent> event) {
        List<AccountEvent> events = new ArrayList<>();
        for (Members group : groups) {
            List<UUID> accounts = group.members().stream()
                    .map(accountsOfUsers::get)
                    .filter(Objects::nonNull)
                    .toList();
            if (!accounts.isEmpty()) {
                events.add(event.apply(group.group(), accounts));
            }
        }
        return events;
    }

    /** The deletion guard holds deprovisionings: somebody has to look. */
    static AccountEvent held(int count, long accountsInUse) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("held", count);
        data.put("accountsInUse", accountsInUse);
        return new AccountEvent("tenant.deletions-held", null, data);
    }
}
