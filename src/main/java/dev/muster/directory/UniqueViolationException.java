package dev.muster.directory;

import io.vertx.pgclient.PgException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A write that a unique constraint has refused, with what was to be written. */
final class UniqueViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String constraint;
    private final UUID id;
    private final transient ResourceRow row;

    UniqueViolationException(PgException cause, UUID id, ResourceRow row) {
        super("a unique constraint was violated", cause, false, false);
        this.constraint = cause.getConstraint();
        this.id = id;
        this.row = row;
    }

    /** The name of the constraint. */
    @Nullable
    String constraint() {
        return constraint;
    }

    /** The resource that was to be written. */
    UUID id() {
        return id;
    }

    ResourceRow row() {
        return row;
    }
}
