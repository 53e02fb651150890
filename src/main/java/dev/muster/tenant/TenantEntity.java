package dev.muster.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.SchemaRegistry;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code tenant}. */
@Entity(name = "Tenant")
@Table(name = "tenant")
class TenantEntity {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int CURSOR_KEY_BYTES = 32;

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

    TenantEntity(String id, String displayName, String settings, Instant now) {
        this.id = id;
        this.cursorKey = newCursorKey();
        this.displayName = displayName;
        this.settings = settings;
        this.enabled = true;
        this.created = now;
        this.lastModified = now;
    }

    /** The settings document as it was written. */
    ObjectNode settings() {
        try {
            return (ObjectNode) JSON.readTree(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the settings of tenant " + id + " are not JSON", e);
        }
    }

    /** Takes another settings document; the names of the settings that are others than before. */
    List<String> settings(ObjectNode document) {
        ObjectNode before = settings();
        List<String> changed = Stream.concat(before.propertyStream(), document.propertyStream())
                .map(Map.Entry::getKey)
                .distinct()
                .filter(name -> !before.path(name).equals(document.path(name)))
                .toList();
        reindexDue |= new SettingsChanged(id, changed).ofSchemas();
        if (!TenantSettings.parse(document).makesTheSameAccountsAs(TenantSettings.parse(before))) {
            projectionDue = UUID.randomUUID();
        }
        settings = document.toString();
        return changed;
    }

    /** The tenant that the row says. */
    Tenant tenant() {
        return tenant(settings());
    }

    /** The tenant that the row would say with another settings document. */
    Tenant tenant(ObjectNode document) {
        TenantSettings rules = TenantSettings.parse(document);
        SchemaRegistry schemas = rules.registry();
        return new Tenant(
                id,
                displayName,
                enabled,
                rules,
                schemas,
                ScopeFilter.of(rules, schemas),
                new SecretKeySpec(cursorKey, "AES"),
                version,
                created,
                lastModified);
    }

    private static byte[] newCursorKey() {
        byte[] key = new byte[CURSOR_KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }
}
