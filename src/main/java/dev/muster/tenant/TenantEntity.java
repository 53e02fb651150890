package dev.muster.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code tenant}. */
@Entity(name = "Tenant")
@Table(name = "tenant")
class TenantEntity {

    @Id
    String id;

    @Column(name = "display_name")
    String displayName;

    boolean enabled;

    boolean deleting;

    @JdbcTypeCode(SqlTypes.JSON)
    String settings;

    /** Whether the search forms of its resources have been made by schemas that have changed since. */
    @Column(name = "reindex_due")
    boolean reindexDue;

    /** The projection of all resources that is due since the rules of accounts have changed; null where none is. */
    @Column(name = "projection_due")
    @Nullable
    UUID projectionDue;

    @Column(name = "cursor_key", updatable = false)
    byte[] cursorKey;

    @Version
    long version;

    Instant created;

    @Column(name = "last_modified")
    Instant lastModified;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    TenantEntity() {}

    /** @param cursorKey 256 random bits */
    TenantEntity(String id, String displayName, String settings, byte[] cursorKey, Instant now) {
        this.id = id;
        this.cursorKey = cursorKey;
        this.displayName = displayName;
        this.settings = settings;
        this.enabled = true;
        this.created = now;
        this.lastModified = now;
    }
}
