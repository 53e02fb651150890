package dev.muster.tenant.client;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;

/** A row of {@code oauth_assertion}: an assertion that cannot be used again. */
@Entity(name = "OAuthAssertion")
@Table(name = "oauth_assertion")
class UsedAssertionEntity {

    /** Tenant first, as in every key. */
    @Embeddable
    record Key(
            @Column(name = "tenant_id") String tenant,
            @Column(name = "client_id") String client,
            @Column(name = "jti_hash") byte[] jtiHash)
            implements Serializable {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && tenant.equals(key.tenant)
                    && client.equals(key.client)
                    && Arrays.equals(jtiHash, key.jtiHash);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(jtiHash);
        }
    }

    @EmbeddedId
    Key key;

    @Column(name = "expires_at")
    Instant expiresAt;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    UsedAssertionEntity() {}

    UsedAssertionEntity(Key key, Instant expiresAt) {
        this.key = key;
        this.expiresAt = expiresAt;
    }
}
