package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.directory.FilterDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the product asks for is read from an index although row-level security is forced, among 20,000 accounts. */
class AccountPlanTest {

    private static final int PAGE = 101;
    private static final UUID MIDDLE = UUID.fromString("00000000-0000-4000-8000-000000014000");
    private static final UUID MIDDLE_MEMBER = UUID.fromString("00000000-0000-4000-a000-000000014000");
    private static final UUID GROUP = UUID.fromString("00000000-0000-4000-9000-000000000000");
    private static final Instant LATE = Instant.parse("2026-01-01T05:30:00Z");

    private static FilterDatabase database;

    @BeforeAll
    static void fill() {
        database = new FilterDatabase();
        database.insert("""
                insert into account (tenant_id, id, resource_id, product_id, status, activated, kept, external_id, user_name,
                    user_name_key, email, email_key, employee_number, department, department_key, roles, sign_in, fields,
                    version, created, last_modified)
                select $1, ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid,
                    case when i >= 9000 then ('00000000-0000-4000-a000-' || lpad(i::text, 12, '0'))::uuid end, 'p' || i,
                    case when i < 9000 then 'deleted' when i = 15000 then 'blocked' else 'active' end, true, false,
                    'e' || i, 'u' || i, 'u' || i, 'm' || i, 'm' || i, 'n' || i, d, d, '{}', 'sso', '{}', 1, now(), timestamptz '2026-01-01 00:00:00Z' + i * interval '1 second'
                from generate_series(0, 19999) i,
                    lateral (select case when i >= 9000 then 'd' || (i % 40) end as d) x""");
        database.insert("""
                insert into account_role (tenant_id, role, account_id)
                select $1, case when i % 1000 = 0 then 'admin' else 'user' end,
                    ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid from generate_series(9000, 19999) i""");
        database.insert("""
                insert into account_membership (tenant_id, group_id, member_id, member_type)
                select $1, ('00000000-0000-4000-9000-' || lpad((i % 4)::text, 12, '0'))::uuid,
                    ('00000000-0000-4000-a000-' || lpad(i::text, 12, '0'))::uuid, 'User' from generate_series(9000, 19999) i""");
        database.maintain("analyze account; analyze account_role; analyze account_membership");
    }

    @AfterAll
    static void stop() {
        database.run("set plan_cache_mode = auto");
        database.close();
    }

    private static AccountFilter by(String name, @Nullable String value) {
        return new AccountFilter(
                name.equals("status") ? AccountStatus.of(String.valueOf(value)).orElseThrow() : null,
                name.equals("email") ? value : null,
                name.equals("userName") ? value : null,
                name.equals("externalId") ? value : null,
                name.equals("employeeNumber") ? value : null,
                name.equals("department") ? value : null,
                name.equals("productId") ? value : null,
                name.equals("role") ? value : null,
                name.equals("group") ? GROUP : null,
                name.equals("modifiedSince") ? LATE : null);
    }

    static Stream<Arguments> queries() {
        return Stream.of(
                Arguments.of(by("all", null), PAGE),
                Arguments.of(by("status", "active"), PAGE),
                Arguments.of(by("status", "blocked"), 1),
                Arguments.of(by("email", "M15001"), 1),
                Arguments.of(by("userName", "U15001"), 1),
                Arguments.of(by("externalId", "e15001"), 1),
                Arguments.of(by("employeeNumber", "n15001"), 1),
                Arguments.of(by("productId", "p15001"), 1),
                Arguments.of(by("department", "d7"), PAGE),
                Arguments.of(by("role", "admin"), 11),
                Arguments.of(by("role", "user"), PAGE),
                Arguments.of(by("group", null), PAGE),
                Arguments.of(by("modifiedSince", null), PAGE));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aPageIsReadFromAnIndexWhereverItLies(AccountFilter filter, int found) {
        for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
            database.run("set plan_cache_mode = " + mode);
            AccountSelection selection = selection(filter, false);
            assertEquals(
                    found,
                    database.select(selection.text(), selection.parameters()).size(),
                    selection.text());
            for (boolean later : List.of(false, true)) {
                assertFewRowsRead(selection(filter, later), mode);
            }
        }
    }

    private static AccountSelection selection(AccountFilter filter, boolean later) {
        PagePosition.Order order = AccountSelection.order(filter);
        PagePosition middle = new PagePosition(
                order, LATE.plusSeconds(60), order == PagePosition.Order.MEMBER ? MIDDLE_MEMBER : MIDDLE);
        return AccountSelection.of(FilterDatabase.TENANT, filter, later ? middle : null, PAGE);
    }

    /** No node of the plan has read much more than a page. */
    private static void assertFewRowsRead(AccountSelection selection, String mode) {
        String plan =
                database.select("explain (analyze, timing off) " + selection.text(), selection.parameters()).stream()
                        .map(row -> row.getString(0))
                        .collect(Collectors.joining("\n"));
        String about = mode + "\n" + selection.text() + "\n" + plan;
        assertFalse(plan.contains("Seq Scan"), about);
        assertFalse(plan.contains("Bitmap"), about);
        assertTrue(
                plan.lines()
                        .filter(line -> line.contains("Rows Removed by Filter"))
                        .allMatch(line -> Long.parseLong(line.replaceAll("\\D", "")) <= 2 * PAGE),
                about);
        assertTrue(
                plan.lines()
                        .filter(line -> line.contains("actual rows="))
                        .allMatch(
                                line -> Double.parseDouble(line.replaceAll(".*actual rows=([0-9.]+).*", "$1")) <= PAGE),
                about);
    }
}
