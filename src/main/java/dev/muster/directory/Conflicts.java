package dev.muster.directory;

import dev.muster.postgres.TenantDatabase;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.schema.ResourceType;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Turns violated unique constraints into 409 {@code uniqueness}, naming the attribute (RFC 7644 §3.3, §3.12). */
@ApplicationScoped
class Conflicts {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String USER_NAME_INDEX = "resource_user_name";

    private final TenantDatabase database;
    private final ResourceRepository resources;

    Conflicts(TenantDatabase database, ResourceRepository resources) {
        this.database = database;
        this.resources = resources;
    }

    /** {@code write}, whose failure by a unique constraint becomes what the client must hear. */
    <T> Uni<T> explained(Uni<T> write, String tenant, ResourceType type, UUID id, ResourceRow row) {
        return write.onFailure(Conflicts::isUniqueViolation)
                .recoverWithUni(failure -> USER_NAME_INDEX.equals(((PgException) failure).getConstraint())
                        ? Uni.createFrom().failure(taken("userName", type))
                        : database.statements(tenant, db -> resources.taken(db, tenant, id, row.uniqueValues()))
                                .chain(value -> Uni.createFrom()
                                        .failure(value.map(UniqueValue::path)
                                                .map(path -> taken(path, type))
                                                .orElseGet(() -> taken("a unique attribute", type)))));
    }

    private static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException e && UNIQUE_VIOLATION.equals(e.getSqlState());
    }

    private static ScimException taken(String path, ResourceType type) {
        return ScimException.of(
                ScimType.UNIQUENESS,
                "Another " + type.name() + " has this value of " + path
                        + " already. Match the existing resource by a filter and update it, or send another value.");
    }
}
