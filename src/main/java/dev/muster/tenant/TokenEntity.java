package dev.muster.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code token}. */
@Entity(name = "Token")
@Table(name = "token")
class TokenEntity {

    /** Tenant first, as in every key. */
    @Embeddable
    record Key(
            @Column(name = "tenant_id") String tenant,
            @Column(name = "id") String id) implements Serializable {}

    @EmbeddedId
    Key key;

    @Column(name = "secret_hash")
    byte[] secretHash;

    String description;

    String scope;

    Instant created;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "last_used_at")
    @Nullable
    Instant lastUsedAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    /** The user whose token it is; null for the ordinary one of an identity provider or a product. */
    @Column(name = "user_id")
    @Nullable
    UUID userId;

    /** The OAuth client that was given it as an access token; null for one that an operator has made. */
    @Column(name = "client_id")
    @Nullable
    String clientId;

    /** The secret that the client proved itself with; null where that was an assertion. */
    @Column(name = "client_secret_id")
    @Nullable
    String clientSecretId;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    TokenEntity() {}

    TokenEntity(
            Key key,
            byte[] secretHash,
            String description,
            String scope,
            @Nullable UUID userId,
            Instant created,
            Instant expiresAt) {
        this.userId = userId;
        this.key = key;
        this.secretHash = secretHash;
        this.description = description;
        this.scope = scope;
        this.created = created;
        this.expiresAt = expiresAt;
    }
}
