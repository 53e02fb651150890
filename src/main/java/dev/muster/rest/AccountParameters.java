package dev.muster.rest;

import dev.muster.account.AccountFilter;
import dev.muster.account.AccountGroupFilter;
import dev.muster.account.AccountStatus;
import java.util.Set;

/** The query parameters by which accounts and groups are looked for. */
public final class AccountParameters {

    /** Those of a list of accounts. */
    public static final Set<String> OF_ACCOUNTS = Set.of(
            "status",
            "email",
            "userName",
            "externalId",
            "employeeNumber",
            "department",
            "productId",
            "role",
            "groupId",
            "modifiedSince",
            "limit",
            "after");

    /** Those of a list of groups. */
    public static final Set<String> OF_GROUPS = Set.of("externalId", "displayName", "limit", "after");

    /** Those of a list that cannot be filtered. */
    public static final Set<String> OF_PAGE = Set.of("limit", "after");

    private AccountParameters() {}

    /** The accounts that parameters ask for. */
    public static AccountFilter accounts(QueryParameters sent) {
        return new AccountFilter(
                sent.value(
                        "status",
                        "Must be pending, active, inactive, blocked or deleted.",
                        text -> AccountStatus.of(text).orElseThrow(IllegalArgumentException::new)),
                sent.text("email"),
                sent.text("userName"),
                sent.text("externalId"),
                sent.text("employeeNumber"),
                sent.text("department"),
                sent.text("productId"),
                sent.text("role"),
                sent.id("groupId", "a group"),
                sent.time("modifiedSince"));
    }

    /** The groups that parameters ask for. */
    public static AccountGroupFilter groups(QueryParameters sent) {
        return new AccountGroupFilter(sent.text("externalId"), sent.text("displayName"));
    }
}
