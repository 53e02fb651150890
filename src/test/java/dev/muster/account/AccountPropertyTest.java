package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import dev.muster.tenant.settings.AccountField;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.Activation;
import dev.muster.tenant.settings.Departments;
import dev.muster.tenant.settings.Deprovisioning;
import dev.muster.tenant.settings.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The projection is pure and idempotent, whatever the user, the rules and the account's past. */
class AccountPropertyTest {

    private static final int CASES = 5_000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final ResourceType USER =
            SchemaRegistry.standard().resourceType("User").orElseThrow();

    @Test
    void projectedTwiceItIsTheSame() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(seed + i);
            String context = "-Dtest.seed=" + (seed + i);
            AccountRules rules = rules(random);
            ObjectNode user = user(random);
            ObjectNode copy = user.deepCopy();
            List<String> roles = random.nextBoolean() ? List.of() : List.of("b", "a");
            Projected first = new AccountProjection(USER, rules).project(user, roles);
            assertEquals(first, new AccountProjection(USER, rules).project(user, roles), context);
            assertEquals(copy, user, context);
        }
    }

    @Test
    void whatHasBecomeOfAnAccountStaysSo() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(seed + i);
            String context = "-Dtest.seed=" + (seed + i);
            UUID resource = UUID.randomUUID();
            Account account = past(random, resource);
            AccountRules rules = rules(random);
            Projected user = new AccountProjection(USER, rules).project(user(random), List.of());
            AccountTransition now = new AccountTransition(rules, NOW);
            AccountTransition later = new AccountTransition(rules, NOW.plus(Duration.ofHours(1)));

            Account there = now.of(account, resource, user);
            assertTrue(later.of(there, resource, user).sameAs(there), context);
            assertEquals(there.status().inUse(), there.deprovisionedAt() == null, () -> context + ": " + there);
            if (account != null) {
                Account gone = now.gone(account);
                assertTrue(later.gone(gone).sameAs(gone), context);
            }
        }
    }

    /** An account that random rules have made before; null where there is none. */
    private static @Nullable Account past(Random random, UUID resource) {
        Account account = null;
        for (int i = random.nextInt(4); i > 0; i--) {
            AccountRules rules = rules(random);
            AccountTransition then = new AccountTransition(rules, NOW.minus(Duration.ofDays(i)));
            Projected user = new AccountProjection(USER, rules).project(user(random), List.of());
            if (account != null && account.status().inUse() && random.nextInt(4) == 0) {
                account = then.kept(account, resource, user);
            } else if (account != null && random.nextInt(4) == 0 && !account.kept()) {
                account = then.gone(account);
                if (account.status() == AccountStatus.DELETED) {
                    return null;
                }
            } else {
                account = then.of(account, resource, user);
            }
        }
        return account;
    }

    private static AccountRules rules(Random random) {
        return new AccountRules(
                null,
                null,
                null,
                null,
                null,
                null,
                pick(random, SignIn.values()),
                pick(random, Activation.values()),
                new Deprovisioning(pick(random, Deprovisioning.Action.values()), null),
                random.nextBoolean()
                        ? null
                        : Map.of(
                                "title",
                                        new AccountField(
                                                "title", null, AccountField.LetterCase.UPPER, Map.of(), "none"),
                                "source", new AccountField(null, "scim", null, Map.of(), null)),
                random.nextBoolean()
                        ? null
                        : new Departments(
                                null, Map.of("sales", "Verkauf"), pick(random, Departments.Unmapped.values())),
                null,
                null,
                null);
    }

    private static ObjectNode user(Random random) {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("userName", "user" + random.nextInt(3));
        if (random.nextBoolean()) {
            user.put("active", random.nextBoolean());
        }
        if (random.nextBoolean()) {
            user.put("title", "t" + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            user.putArray("emails")
                    .addObject()
                    .put("value", "e" + random.nextInt(3) + "@example.com")
                    .put("type", random.nextBoolean() ? "work" : "home");
        }
        if (random.nextBoolean()) {
            user.putObject(ENTERPRISE).put("department", random.nextBoolean() ? "SALES" : "Law");
        }
        return user;
    }

    private static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
