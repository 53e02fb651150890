package dev.muster.tenant.client;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code oauth_secret}. */
@Entity(name = "OAuthSecret")
@Table(name = "oauth_secret")
class ClientSecretEntity {

    /** Tenant first, as in every key. */
    @Embeddable
    record Key(
            @Column(name = "tenant_id") String tenant,
            @Column(name = "client_id") String client,
            @Column(name = "id") String id)
            implements Serializable {}

    @EmbeddedId
    Key key;

    @Column(name = "secret_hash")
    byte[] secretHash;

    Instant created;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "last_used_at")
    @Nullable
    Instant lastUsedAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    ClientSecretEntity() {}

    ClientSecretEntity(Key key, byte[] secretHash, Instant created, Instant expiresAt) {
        this.key = key;
        this.secretHash = secretHash;
        this.created = created;
        this.expiresAt = expiresAt;
    }
}
