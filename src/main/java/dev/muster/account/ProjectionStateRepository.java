package dev.muster.account;

import dev.muster.account.ProjectionState.Job;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@link ProjectionState} in SQL. */
@ApplicationScoped
class ProjectionStateRepository {

    private static final String CREATE = """
            insert into projection (tenant_id, sequence, accounts_in_use)
            select t.id, 0, 0 from tenant t where t.id = $1 and not t.deleting on conflict do nothing""";

    private static final String LOCK = "select 1 from projection where tenant_id = $1 for update";

    /** A statement behind the lock: what it reads has been committed before the lock was had. */
    private static final String READ = """
            select p.sequence, p.accounts_in_use, t.projection_due, t.version, p.job_id, p.job_after, p.job_total,
                p.job_done, p.job_changed
            from projection p join tenant t on t.id = p.tenant_id
            where p.tenant_id = $1 and not t.deleting""";

    private static final String ADVANCE =
            "update projection set sequence = sequence + $2, accounts_in_use = accounts_in_use + $3 where tenant_id = $1";

    private static final String BEGIN_JOB = """
            update projection set job_id = $2, job_after = null, job_done = 0, job_changed = 0, job_started = $3,
                job_finished = null,
                job_total = (select count(*) from resource where tenant_id = $1 and type in ('User', 'Group'))
            where tenant_id = $1""";

    private static final String ADVANCE_JOB = """
            update projection set job_after = $2, job_done = job_done + $3, job_changed = job_changed + $4
            where tenant_id = $1""";

    private static final String FINISH_JOB = "update projection set job_finished = $2 where tenant_id = $1";
    private static final String NOT_DUE =
            "update tenant set projection_due = null where id = $1 and projection_due = $2";

    /** Another job than the one that is due has ended, or been given up for it: the due one has not begun. */
    private static final String PROGRESS = """
            select t.projection_due is not null as running,
                t.projection_due is null or coalesce(t.projection_due = p.job_id, false) as begun,
                p.job_total, p.job_done, p.job_changed, p.job_started, p.job_finished,
                (select count(*) from change c where c.tenant_id = $1) as waiting
            from tenant t left join projection p on p.tenant_id = t.id where t.id = $1""";

    private static final String ACCOUNTS_IN_USE = "select accounts_in_use from projection where tenant_id = $1";

    /** How many accounts are active or pending, without the lock. */
    Uni<Long> accountsInUse(SqlConnection db, String tenant) {
        return db.preparedQuery(ACCOUNTS_IN_USE)
                .execute(Tuple.of(tenant))
                .map(rows -> rows.rowCount() == 0 ? 0L : rows.iterator().next().getLong(0));
    }

    /** How far the projection of all resources is, without the lock. */
    Uni<ProjectionProgress> progress(SqlConnection db, String tenant) {
        return db.preparedQuery(PROGRESS)
                .execute(Tuple.of(tenant))
                .map(rows -> progress(rows.iterator().next()));
    }

    private static ProjectionProgress progress(Row row) {
        boolean begun = row.getBoolean("begun") && row.getLong("job_total") != null;
        return new ProjectionProgress(
                row.getBoolean("running"),
                begun ? row.getLong("job_total") : 0,
                begun ? row.getLong("job_done") : 0,
                begun ? row.getLong("job_changed") : 0,
                begun ? instant(row.getOffsetDateTime("job_started")) : null,
                begun ? instant(row.getOffsetDateTime("job_finished")) : null,
                row.getLong("waiting"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** Waits for whoever else changes the tenant's accounts; empty where there is no such tenant any more. */
    Uni<Optional<ProjectionState>> lock(SqlConnection db, String tenant) {
        return db.preparedQuery(LOCK)
                .execute(Tuple.of(tenant))
                .chain(locked -> locked.rowCount() > 0
                        ? Uni.createFrom().voidItem()
                        : db.preparedQuery(CREATE)
                                .execute(Tuple.of(tenant))
                                .chain(() -> db.preparedQuery(LOCK).execute(Tuple.of(tenant)))
                                .replaceWithVoid())
                .chain(() -> db.preparedQuery(READ).execute(Tuple.of(tenant)))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(state(rows.iterator().next())));
    }

    /** Counts on: so many events more, so many more accounts in use, or fewer. */
    Uni<Void> advance(SqlConnection db, String tenant, long events, long accounts) {
        return events == 0 && accounts == 0
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(ADVANCE)
                        .execute(Tuple.of(tenant, events, accounts))
                        .replaceWithVoid();
    }

    Uni<Void> beginJob(SqlConnection db, String tenant, UUID job, Instant now) {
        return db.preparedQuery(BEGIN_JOB)
                .execute(Tuple.of(tenant, job, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Void> advanceJob(SqlConnection db, String tenant, UUID last, long done, long changed) {
        return db.preparedQuery(ADVANCE_JOB)
                .execute(Tuple.of(tenant, last, done, changed))
                .replaceWithVoid();
    }

    Uni<Void> finishJob(SqlConnection db, String tenant, UUID job, Instant now) {
        return db.preparedQuery(FINISH_JOB)
                .execute(Tuple.of(tenant, now.atOffset(ZoneOffset.UTC)))
                .chain(() -> db.preparedQuery(NOT_DUE).execute(Tuple.of(tenant, job)))
                .replaceWithVoid();
    }

    private static ProjectionState state(Row row) {
        UUID job = row.getUUID("job_id");
        return new ProjectionState(
                row.getLong("sequence"),
                row.getLong("accounts_in_use"),
                row.getUUID("projection_due"),
                row.getLong("version"),
                job == null
                        ? null
                        : new Job(
                                job,
                                row.getUUID("job_after"),
                                row.getLong("job_total"),
                                row.getLong("job_done"),
                                row.getLong("job_changed")));
    }
}
