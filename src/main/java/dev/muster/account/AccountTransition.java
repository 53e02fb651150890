package dev.muster.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.directory.ResourceIds;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.Deprovisioning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of an account when its user is as the projection says, or is gone. Pure. */
record AccountTransition(AccountRules rules, Instant now) {

    /**
     * The account of a user that is there.
     *
     * @param before the account until now, null where it is a new one
     */
    Account of(@Nullable Account before, UUID resource, Projected user) {
        if (user.enabled()) {
            return enabled(before, resource, user.profile());
        }
        if (before == null) {
            return new Account(
                    ResourceIds.next(),
                    resource,
                    null,
                    deactivated(),
                    false,
                    false,
                    user.profile(),
                    1,
                    now,
                    now,
                    now,
                    eraseAt(deactivated(), null));
        }
        return before.kept()
                ? kept(before, resource, user)
                : with(before, resource, deactivated(), false, user.profile());
    }

    /** The account of a user that has been deleted. */
    Account gone(Account before) {
        if (before.kept()) {
            return kept(before, null, null);
        }
        return switch (rules.deprovisioning().action()) {
            case DISABLE -> with(before, null, AccountStatus.INACTIVE, false, before.profile());
            case BLOCK -> with(before, null, AccountStatus.BLOCKED, false, before.profile());
            case DELETE -> erased(before);
        };
    }

    /** What is left of an account that is erased: that there was one. */
    Account erased(Account before) {
        Profile nobody = new Profile(
                null,
                null,
                null,
                null,
                null,
                List.of(),
                before.profile().signIn(),
                JsonNodeFactory.instance.objectNode());
        return new Account(
                before.id(),
                null,
                before.productId(),
                AccountStatus.DELETED,
                before.activated(),
                false,
                nobody,
                before.version(),
                before.created(),
                before.lastModified(),
                before.deprovisionedAt() == null ? now : before.deprovisionedAt(),
                null);
    }

    /**
     * The account as it stays when an operator does not want it deprovisioned: until its user is active again, nothing of it
     * changes but the roles that groups give.
     *
     * @param user null where it is gone
     */
    Account kept(Account before, @Nullable UUID resource, @Nullable Projected user) {
        return with(
                before,
                user == null ? null : resource,
                before.status(),
                true,
                user == null
                        ? before.profile()
                        : before.profile().withRoles(user.profile().roles()));
    }

    private Account enabled(@Nullable Account before, UUID resource, Profile profile) {
        boolean activated = (before != null && before.activated()) || rules.activatesAtOnce();
        AccountStatus status = activated ? AccountStatus.ACTIVE : AccountStatus.PENDING;
        if (before == null) {
            return new Account(
                    ResourceIds.next(), resource, null, status, activated, false, profile, 1, now, now, null, null);
        }
        return new Account(
                before.id(),
                resource,
                before.productId(),
                status,
                activated,
                false,
                profile,
                before.version(),
                before.created(),
                before.lastModified(),
                null,
                null);
    }

    private Account with(Account before, @Nullable UUID resource, AccountStatus status, boolean kept, Profile profile) {
        Instant since = before.deprovisionedAt() == null ? now : before.deprovisionedAt();
        return new Account(
                before.id(),
                resource,
                before.productId(),
                status,
                before.activated(),
                kept,
                profile,
                before.version(),
                before.created(),
                before.lastModified(),
                status.inUse() ? null : since,
                eraseAt(status, before));
    }

    private AccountStatus deactivated() {
        return rules.deprovisioning().action() == Deprovisioning.Action.BLOCK
                ? AccountStatus.BLOCKED
                : AccountStatus.INACTIVE;
    }

    /** Retention begins when an account is blocked, and is not begun again: the day is the one that was said then. */
    private @Nullable Instant eraseAt(AccountStatus status, @Nullable Account before) {
        Integer days = rules.deprovisioning().retentionDays();
        if (status != AccountStatus.BLOCKED || days == null) {
            return null;
        }
        Instant said = before == null || before.status() != AccountStatus.BLOCKED ? null : before.eraseAt();
        return said == null ? now.plus(Duration.ofDays(days)) : said;
    }
}
