package dev.muster.account;

import dev.muster.Api;
import dev.muster.TestDatabase;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.VertxContextSupport;

/** The passing of time, as blocked accounts see it. */
public final class Retention {

    private Retention() {}

    /** The retention of all that is blocked in a tenant ends now. */
    public static void ends(Api api) {
        TestDatabase.count(
                "with ended as (update account set erase_at = now() - interval '1 second'"
                        + " where tenant_id = ? and erase_at is not null returning 1) select count(*) from ended",
                api.tenant());
    }

    /** The round that erases whoever is due, in all tenants. */
    public static void round() {
        AccountRetention retention =
                Arc.container().instance(AccountRetention.class).get();
        try {
            VertxContextSupport.subscribeAndAwait(retention::eraseAll);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
