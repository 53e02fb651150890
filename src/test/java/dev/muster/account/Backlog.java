package dev.muster.account;

import dev.muster.Api;
import dev.muster.HeldRows;
import dev.muster.TestDatabase;

/** Changes that have to wait for a while, as after a Bulk of thousands, or where one could not be worked off. */
final class Backlog {

    private Backlog() {}

    /**
     * Has changes wait until all are written. There must have been some before.
     *
     * @param late how large a share of users and groups is looked at later than who is a member, 0 to 1
     * @param writes must not wait for the changes
     */
    static void of(Api api, double late, Runnable writes) {
        try (HeldRows turns =
                new HeldRows("select tenant_id from projection where tenant_id = ? for update", api.tenant())) {
            writes.run();
            TestDatabase.count(
                    "with late as (update change set at = clock_timestamp() + interval '300 ms'"
                            + " where tenant_id = ? and members is null and random() < ? returning 1)"
                            + " select count(*) from late",
                    api.tenant(),
                    late);
        }
    }
}
