package dev.muster.account;

import dev.muster.directory.ResourceIds;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.Deprovisioning;
import dev.muster.tenant.settings.Matching;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of some lines of an import, one after the other. In memory; for one use. */
final class ImportBatch {

    private final AccountRules rules;
    private final Instant now;
    private final ProvisionedAccounts provisioned;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<UUID, Account> stored = new LinkedHashMap<>();
    private final List<ImportReport.Error> errors = new ArrayList<>();
    private long imported;
    private long updated;
    private long unchanged;
    private long inUse;

    /**
     * An account that the product has named before.
     *
     * @param isFree whether it has never had a user: what the product says of it counts
     */
    record Known(Account account, boolean isFree) {}

    /** A line that could be read. */
    record Row(long line, ImportedAccount account) {}

    ImportBatch(AccountRules rules, Instant now, Collection<Known> known, ProvisionedAccounts provisioned) {
        this.rules = rules;
        this.now = now;
        this.provisioned = provisioned;
        known.forEach(one -> this.known.put(String.valueOf(one.account().productId()), one));
    }

    void add(Row row) {
        Known before = known.get(row.account().productId());
        if (before == null) {
            create(row);
        } else if (before.account().status() == AccountStatus.DELETED) {
            fail(row, "productId", "The account has been erased. Import the person under another productId.");
        } else {
            update(row.account(), before);
        }
    }

    private void create(Row row) {
        Profile profile = row.account().profile(rules.signIn());
        ProvisionedAccounts.Match match = provisioned.of(profile).orElse(null);
        if (match == null) {
            AccountStatus status = row.account().status();
            store(new Account(
                    ResourceIds.next(),
                    null,
                    row.account().productId(),
                    status,
                    true,
                    false,
                    profile,
                    1,
                    now,
                    now,
                    null,
                    eraseAt(status)));
            inUse += status.inUse() ? 1 : 0;
            imported++;
        } else {
            fail(
                    row,
                    field(match.key()),
                    "The account " + match.account().id() + " has been provisioned for this person already; another"
                            + " one would be a double. Join both in the product, or take the line out.");
        }
    }

    private void update(ImportedAccount row, Known known) {
        Account before = known.account();
        Account after = known.isFree() ? as(row, before) : before;
        if (after.sameAs(before)) {
            unchanged++;
            return;
        }
        inUse += (after.status().inUse() ? 1 : 0) - (before.status().inUse() ? 1 : 0);
        updated++;
        store(after.changed(now));
    }

    private Account as(ImportedAccount row, Account before) {
        return new Account(
                before.id(),
                null,
                before.productId(),
                row.status(),
                before.activated(),
                false,
                row.profile(rules.signIn()),
                before.version(),
                before.created(),
                before.lastModified(),
                null,
                row.status() == before.status() ? before.eraseAt() : eraseAt(row.status()));
    }

    private void store(Account account) {
        stored.put(account.id(), account);
        known.put(String.valueOf(account.productId()), new Known(account, true));
    }

    private void fail(Row row, String field, String reason) {
        errors.add(new ImportReport.Error(row.line(), field, reason));
    }

    /** Retention of what the product has blocked begins when Muster hears of it. */
    private @Nullable Instant eraseAt(AccountStatus status) {
        Deprovisioning deprovisioning = rules.deprovisioning();
        Integer days = deprovisioning.retentionDays();
        return status == AccountStatus.BLOCKED && days != null ? now.plus(Duration.ofDays(days)) : null;
    }

    private static String field(Matching.Key key) {
        return switch (key) {
            case EXTERNAL_ID -> "externalId";
            case USER_NAME -> "userName";
            case EMAIL -> "email";
            case EMPLOYEE_NUMBER -> "employeeNumber";
        };
    }

    List<Account> stored() {
        return List.copyOf(stored.values());
    }

    /** By how many the accounts in use have become more, or fewer. */
    long inUse() {
        return inUse;
    }

    ImportReport report() {
        long failed = errors.size();
        return new ImportReport(imported + updated + unchanged + failed, imported, updated, unchanged, failed, errors);
    }
}
