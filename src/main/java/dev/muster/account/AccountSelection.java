package dev.muster.account;

import dev.muster.account.PagePosition.Order;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statement that finds a page of accounts, in an order in which an index has them.
 *
 * @param text equal for filters of the same shape, so that prepared statements are found again
 */
record AccountSelection(String text, List<Object> parameters) {

    AccountSelection {
        parameters = List.copyOf(parameters);
    }

    static Order order(AccountFilter filter) {
        if (filter.group() != null) {
            return Order.MEMBER;
        }
        return filter.modifiedSince() == null || filter.role() != null ? Order.ID : Order.MODIFIED;
    }

    static AccountSelection of(String tenant, AccountFilter filter, @Nullable PagePosition after, int limit) {
        return new Writer(tenant).write(filter, after, limit);
    }

    /** Collects the parameters while the text is written. For one statement. */
    private static final class Writer {

        private final List<Object> parameters = new ArrayList<>();
        private final StringBuilder from = new StringBuilder("account a");
        private final StringBuilder where = new StringBuilder("a.tenant_id = $1");

        Writer(String tenant) {
            parameters.add(tenant);
        }

        AccountSelection write(AccountFilter filter, @Nullable PagePosition after, int limit) {
            AccountStatus status = filter.status();
            if (status == null) {
                where.append(" and a.status <> 'deleted'");
            } else {
                equal("a.status", status.keyword());
            }
            equal("a.email_key", AccountRepository.folded(filter.email()));
            equal("a.user_name_key", AccountRepository.folded(filter.userName()));
            equal("a.external_id", filter.externalId());
            equal("a.employee_number", filter.employeeNumber());
            equal("a.department", filter.department());
            equal("a.product_id", filter.productId());
            if (filter.role() != null) {
                from.append(" join account_role r on r.tenant_id = $1 and r.account_id = a.id");
                equal("r.role", filter.role());
            }
            if (filter.group() != null) {
                from.append(" join account_membership m on m.tenant_id = $1 and m.member_id = a.resource_id");
                equal("m.group_id", filter.group());
            }
            return new AccountSelection(
                    "select " + AccountRepository.COLUMNS + " from " + from + " where " + where + inOrder(filter, after)
                            + " limit " + parameter((long) limit),
                    parameters);
        }

        private String inOrder(AccountFilter filter, @Nullable PagePosition after) {
            return switch (order(filter)) {
                case MEMBER -> since(filter.modifiedSince()) + ascending("m.member_id", after);
                case ID ->
                    since(filter.modifiedSince()) + ascending(filter.role() == null ? "a.id" : "r.account_id", after);
                case MODIFIED ->
                    after == null
                            ? since(filter.modifiedSince()) + " order by a.last_modified, a.id"
                            : " and (a.last_modified, a.id) > ("
                                    + parameter(after.modified().atOffset(ZoneOffset.UTC)) + ", "
                                    + parameter(after.id()) + ") order by a.last_modified, a.id";
            };
        }

        private String since(@Nullable Instant time) {
            return time == null ? "" : " and a.last_modified >= " + parameter(time.atOffset(ZoneOffset.UTC));
        }

        private String ascending(String column, @Nullable PagePosition after) {
            String beginning = after == null ? "" : " and " + column + " > " + parameter(after.id());
            return beginning + " order by " + column;
        }

        private void equal(String column, @Nullable Object value) {
            if (value != null) {
                where.append(" and ").append(column).append(" = ").append(parameter(value));
            }
        }

        private String parameter(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }
    }
}
