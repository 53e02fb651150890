package dev.muster.tenant;

import java.time.Instant;
import java.util.Optional;

/** What a check of a presented token has found. The client hears no more than whether it is valid; the log hears why not. */
public sealed interface TokenFinding {

    /** It is valid. */
    record Valid(Credential credential) implements TokenFinding {}

    /**
     * It was this tenant's token, and its time is over.
     *
     * @param sender as in {@link Credential}
     * @param ofClient whether an OAuth client was given it, and can have another
     */
    record Expired(String sender, boolean ofClient, Instant expiredAt) implements TokenFinding {}

    /**
     * It was this tenant's token, and was revoked.
     *
     * @param sender as in {@link Credential}
     */
    record Revoked(String sender, Instant revokedAt) implements TokenFinding {}

    /** It is no token of this tenant, or has the id of one and not its secret. */
    record Unknown() implements TokenFinding {}

    /** The credential, where the token is valid. */
    default Optional<Credential> ifValid() {
        return this instanceof Valid valid ? Optional.of(valid.credential()) : Optional.empty();
    }
}
