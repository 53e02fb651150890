package dev.muster.directory;

import dev.muster.postgres.DatabaseFailures;
import dev.muster.postgres.TenantConnections;
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

    private static final String USER_NAME_INDEX = "resource_user_name";

    private final TenantConnections database;
    private final ResourceRepository resources;

    Conflicts(TenantConnections database, ResourceRepository resources) {
        this.database = database;
        this.resources = resources;
    }

    /** {@code write}, whose failure by a unique constraint remembers what was written. */
    static <T> Uni<T> noted(Uni<T> write, UUID id, ResourceRow row) {
        return write.onFailure(Conflicts::isUniqueViolation)
                .transform(failure -> new UniqueViolationException((PgException) failure, id, row));
    }

    /**
     * {@code transaction}, whose {@link #noted} failure becomes what the client must hear. The question which value it was
     * needs a connection of its own, so it is asked when the transaction has given its own back.
     */
    <T> Uni<T> explained(Uni<T> transaction, String tenant, ResourceType type) {
        return transaction
                .onFailure(UniqueViolationException.class)
                .recoverWithUni(failure -> explanation(tenant, type, (UniqueViolationException) failure)
                        .chain(conflict -> Uni.createFrom().failure(conflict)));
    }

    private Uni<ScimException> explanation(String tenant, ResourceType type, UniqueViolationException violation) {
        return USER_NAME_INDEX.equals(violation.constraint())
                ? Uni.createFrom().item(userNameTaken(type))
                : database.statements(
                                tenant,
                                db -> resources.taken(
                                        db,
                                        tenant,
                                        violation.id(),
                                        violation.row().uniqueValues()))
                        .map(value -> taken(value.map(UniqueValue::path).orElse("a unique attribute"), type));
    }

    private static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException && DatabaseFailures.isUniqueViolation(failure);
    }

    static ScimException userNameTaken(ResourceType type) {
        return taken("userName", type);
    }

    private static ScimException taken(String path, ResourceType type) {
        return ScimException.of(
                ScimType.UNIQUENESS,
                "Another " + type.name() + " has this value of " + path
                        + " already. Match the existing resource by a filter and update it, or send another value.");
    }
}
