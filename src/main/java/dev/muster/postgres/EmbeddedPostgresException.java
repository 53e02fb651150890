package dev.muster.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL could not be started or stopped; the message says what the operator can do about it. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        this(message, null);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
