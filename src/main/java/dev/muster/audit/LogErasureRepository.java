package dev.muster.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes persons out of the provisioning log, in a transaction of the caller's: what was done stays, whose it was does not. */
@ApplicationScoped
public class LogErasureRepository {

    /**
     * Entries of the resources that have had these names, under whatever name, and entries with these names that are of no
     * resource. Those of resources that there still are stay: a name may have a new owner.
     */
    private static final String FORGET = """
            with person as (
                select id from unnest($2::uuid[]) r (id)
                union
                select resource_id from provisioning_log
                where tenant_id = $1 and user_name_folded = any($3::text[]) and resource_id is not null
                union
                select resource_id from provisioning_log
                where tenant_id = $1 and external_id = any($4::text[]) and resource_id is not null),
            entry as (
                select l.id from person p join provisioning_log l on l.tenant_id = $1 and l.resource_id = p.id
                where not exists (select 1 from resource r where r.tenant_id = $1 and r.id = p.id)
                union
                select id from provisioning_log
                where tenant_id = $1 and user_name_folded = any($3::text[]) and resource_id is null
                union
                select id from provisioning_log
                where tenant_id = $1 and external_id = any($4::text[]) and resource_id is null)
            update provisioning_log l set user_name = null, external_id = null, display_name = null,
                user_name_folded = null, display_name_folded = null,
                reason = case when l.reason is null then null else 'Erased with the person it was about.' end
            from entry e where l.tenant_id = $1 and l.id = e.id
                and (l.user_name is not null or l.external_id is not null or l.display_name is not null
                    or l.reason is not null)""";

    /**
     * Forgets persons.
     *
     * @param resources ids of resources that they have had
     * @param userNames names that they have had
     * @param externalIds ids that they have had
     * @return the number of entries that say less now
     */
    public Uni<Integer> forget(
            SqlConnection db,
            String tenant,
            Collection<UUID> resources,
            Collection<String> userNames,
            Collection<String> externalIds) {
        return db.preparedQuery(FORGET)
                .execute(Tuple.of(
                        tenant,
                        resources.toArray(UUID[]::new),
                        texts(userNames, LogEntry::folded),
                        texts(externalIds, LogEntry::kept)))
                .map(rows -> rows.rowCount());
    }

    private static String[] texts(Collection<String> names, Function<String, @Nullable String> form) {
        return names.stream().map(form).filter(Objects::nonNull).toArray(String[]::new);
    }
}
