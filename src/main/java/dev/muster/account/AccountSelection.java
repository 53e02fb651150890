package dev.muster.account;

import dev.muster.account.PagePosition.Order;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

        private static final int KEY_LENGTH = 500;

        /** Each account is looked up when its turn comes ({@code offset 0}): a page reads no more members than it needs. */
        private static final String MEMBERS_FIRST = """
                account_membership m cross join lateral (
                    select * from account x where x.tenant_id = $1 and x.resource_id = m.member_id offset 0) a""";

        private static final String ROLES_FIRST = """
                account_role r cross join lateral (
                    select * from account x where x.tenant_id = $1 and x.id = r.account_id offset 0) a""";

        private final List<Object> parameters = new ArrayList<>();
        private String from = "account a";
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
            equal("a.department_key", key(filter.department()));
            equal("a.product_id", filter.productId());
            String place = place(filter);
            return new AccountSelection(
                    "select " + AccountRepository.COLUMNS + " from " + from + " where " + where
                            + inOrder(filter, place, after) + " limit " + parameter((long) limit),
                    parameters);
        }

        /** Has members and roles lead where nothing else means a few accounts; the column that the page is ordered by. */
        private String place(AccountFilter filter) {
            boolean leading = !meansFew(filter);
            if (filter.group() != null) {
                role(filter, false);
                String members = "m.tenant_id = $1 and m.group_id = " + parameter(filter.group());
                if (leading) {
                    from = MEMBERS_FIRST;
                    where.append(" and ").append(members);
                    return "m.member_id";
                }
                where.append(" and exists (select 1 from account_membership m where m.member_id = a.resource_id and ")
                        .append(members)
                        .append(')');
                return "a.resource_id";
            }
            return role(filter, leading) ? "r.account_id" : "a.id";
        }

        private boolean role(AccountFilter filter, boolean leading) {
            if (filter.role() == null) {
                return false;
            }
            String role = "r.tenant_id = $1 and r.role = " + parameter(filter.role());
            if (leading) {
                from = ROLES_FIRST;
                where.append(" and ").append(role);
            } else {
                where.append(" and exists (select 1 from account_role r where r.account_id = a.id and ")
                        .append(role)
                        .append(')');
            }
            return leading;
        }

        private static boolean meansFew(AccountFilter filter) {
            return Stream.of(
                            filter.email(),
                            filter.userName(),
                            filter.externalId(),
                            filter.employeeNumber(),
                            filter.productId())
                    .anyMatch(Objects::nonNull);
        }

        private String inOrder(AccountFilter filter, String place, @Nullable PagePosition after) {
            if (order(filter) != Order.MODIFIED) {
                return since(filter.modifiedSince()) + ascending(place, after);
            }
            return (after == null
                            ? since(filter.modifiedSince())
                            : " and (a.last_modified, a.id) > ("
                                    + parameter(after.modified().atOffset(ZoneOffset.UTC)) + ", "
                                    + parameter(after.id()) + ")")
                    + " order by a.last_modified, a.id";
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

        /** So much of a department stands in the index. */
        private static @Nullable String key(@Nullable String department) {
            return department == null || department.codePointCount(0, department.length()) <= KEY_LENGTH
                    ? department
                    : department.substring(0, department.offsetByCodePoints(0, KEY_LENGTH));
        }

        private String parameter(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }
    }
}
