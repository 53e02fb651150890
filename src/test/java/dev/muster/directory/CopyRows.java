package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.resource.CanonicalResource;
import dev.muster.scim.resource.Canonicalizer;
import dev.muster.scim.schema.ResourceType;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows that a resource has in the tables, as lines of PostgreSQL's COPY in text format: for loading millions of them. */
public final class CopyRows {

    public static final String RESOURCE_COLUMNS =
            "resource (tenant_id, type, id, version, user_name, external_id, display_name, active, created,"
                    + " last_modified, document, search, search_keys)";
    public static final String KEY_COLUMNS = "resource_key (tenant_id, key, resource_id)";
    public static final String MEMBERSHIP_COLUMNS = "membership (tenant_id, group_id, member_id, member_type, created)";

    private static final String CREATED = "2026-01-01 00:00:00+00";

    private final ResourceType type;
    private final Canonicalizer canonicalizer;

    public CopyRows(ResourceType type) {
        this.type = type;
        this.canonicalizer = new Canonicalizer(type, Conformance.COMPAT);
    }

    /** Appends the rows of one resource as if {@code body} had been posted; it has no members. */
    public void append(String tenant, UUID id, JsonNode body, StringBuilder resources, StringBuilder keys) {
        CanonicalResource canonical = canonicalizer.resource(body);
        ResourceRow row = ResourceRow.of(type, canonical.document());
        String searchKeys =
                Arrays.stream(row.searchKeys()).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        line(
                resources,
                tenant,
                type.name(),
                id,
                1,
                row.userName(),
                row.externalId(),
                row.displayName(),
                row.active(),
                CREATED,
                CREATED,
                row.document(),
                row.search(),
                searchKeys);
        for (Long key : row.searchKeys()) {
            line(keys, tenant, key, id);
        }
    }

    /** Appends the row that makes a user a member of a group. */
    public static void member(String tenant, UUID group, UUID user, StringBuilder memberships) {
        line(memberships, tenant, group, user, "User", CREATED);
    }

    private static void line(StringBuilder lines, @Nullable Object... values) {
        lines.append(Stream.of(values).map(CopyRows::text).collect(Collectors.joining("\t", "", "\n")));
    }

    private static String text(@Nullable Object value) {
        return value == null
                ? "\\N"
                : value.toString()
                        .replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }
}
