package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Several projectors of one tenant, as on several servers, and writers beside them: nothing is made twice, and nothing lost. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ProjectorRacesTest {

    private static final int WRITERS = 4;
    private static final int USERS_EACH = 40;

    private final Projector projector;

    @Inject
    ProjectorRacesTest(Projector projector) {
        this.projector = projector;
    }

    @Test
    void projectorsOfOneTenantWaitForEachOther() throws Exception {
        Api api = Api.newTenant();
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String name = "writer" + i + "-";
            work.add(() -> {
                for (int user = 0; user < USERS_EACH; user++) {
                    api.newUser(name + user);
                }
                return null;
            });
            work.add(() -> drained(api.tenant()));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get(30, TimeUnit.SECONDS);
            }
        }
        new Accounts(api).awaitDrained();

        int users = WRITERS * USERS_EACH;
        assertEquals(users, count("select count(*) from account where tenant_id = ?", api));
        assertEquals(users, count("select count(*) from event where tenant_id = ?", api));
        assertEquals(users, count("select max(sequence) from event where tenant_id = ?", api));
        assertEquals(users, count("select sequence from projection where tenant_id = ?", api));
        assertEquals(users, count("select accounts_in_use from projection where tenant_id = ?", api));
    }

    private Void drained(String tenant) throws Exception {
        for (int i = 0; i < USERS_EACH; i++) {
            try {
                VertxContextSupport.subscribeAndAwait(() -> projector.drained(tenant));
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        }
        return null;
    }

    private static long count(String sql, Api api) {
        return TestDatabase.count(sql, api.tenant());
    }
}
