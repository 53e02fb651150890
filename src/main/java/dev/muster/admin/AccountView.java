package dev.muster.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.Account;
import dev.muster.account.AccountJson;
import dev.muster.account.PendingEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as operators see it.
 *
 * @param account as the product reads it
 * @param activated whether it has ever been usable
 * @param kept whether its deprovisioning has been rejected; until its user is active again
 * @param deprovisionedAt since when it has not been in use
 * @param resource where its User is, for SCIM
 * @param pending what waits about it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountView(
        ObjectNode account,
        boolean activated,
        boolean kept,
        @Nullable Instant deprovisionedAt,
        @Nullable String resource,
        List<PendingView> pending) {

    static AccountView of(Account account, List<PendingEntry> pending, String tenantUrl) {
        UUID resource = account.resourceId();
        return new AccountView(
                AccountJson.of(account),
                account.activated(),
                account.kept(),
                account.deprovisionedAt(),
                resource == null ? null : tenantUrl + "/Users/" + resource,
                pending.stream().map(PendingView::of).toList());
    }
}
