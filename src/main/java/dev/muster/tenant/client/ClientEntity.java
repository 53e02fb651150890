package dev.muster.tenant.client;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code oauth_client}. */
@Entity(name = "OAuthClient")
@Table(name = "oauth_client")
class ClientEntity {

    /** Tenant first, as in every key. */
    @Embeddable
    record Key(
            @Column(name = "tenant_id") String tenant,
            @Column(name = "id") String id) implements Serializable {}

    @EmbeddedId
    Key key;

    String description;

    String scope;

    /** A JSON Web Key Set of public keys; null for a client that has none. */
    @Nullable
    String keys;

    Instant created;

    @Column(name = "last_used_at")
    @Nullable
    Instant lastUsedAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    ClientEntity() {}

    ClientEntity(Key key, String description, String scope, @Nullable String keys, Instant created) {
        this.key = key;
        this.description = description;
        this.scope = scope;
        this.keys = keys;
        this.created = created;
    }
}
