package dev.muster.directory;

import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code members} of a Group and {@code groups} of a User: rows of table {@code membership} (alias {@code m}), seen from
 * either side. {@code o} is the resource on the other side.
 *
 * @param near the column with the id of the resource that has the attribute
 * @param far the column with the id that is the attribute's {@code value}
 */
record Membership(String near, String far) {

    private static final Membership MEMBERS = new Membership("m.group_id", "m.member_id");
    private static final Membership GROUPS = new Membership("m.member_id", "m.group_id");

    /** The side that {@code attribute}, or the attribute that it is a part of, shows; empty for every other attribute. */
    static Optional<Membership> of(ResourceType type, AttributeRef attribute) {
        if (attribute.extension() != null) {
            return Optional.empty();
        }
        String name = attribute.attribute().name();
        return switch (type.name()) {
            case "Group" -> name.equals("members") ? Optional.of(MEMBERS) : Optional.empty();
            case "User" -> name.equals("groups") ? Optional.of(GROUPS) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether this is what a group sees of its members, not what a user sees of its groups. */
    boolean ofMembers() {
        return equals(MEMBERS);
    }

    /** The sub-attribute {@code sub} of one membership; null for the membership itself. */
    SqlColumn value(@Nullable Attribute sub) {
        boolean members = ofMembers();
        return switch (sub == null ? "value" : sub.name()) {
            case "value" -> new SqlColumn.Id(far);
            case "$ref" ->
                new SqlColumn.Location(
                        members ? "case m.member_type when 'Group' then '/Groups/' else '/Users/' end" : "'/Groups/'",
                        far);
            case "type" ->
                new SqlColumn.Computed(
                        members
                                ? sub != null && sub.caseExact() ? "m.member_type" : "lower(m.member_type)"
                                : "'direct'");
            case "display" ->
                sub != null && sub.caseExact()
                        ? new SqlColumn.Computed("(o.document->>'displayName')")
                        : new SqlColumn.TextColumn("o.display_name");
            default -> new SqlColumn.Absent();
        };
    }

    /**
     * The condition that one membership meets {@code condition}.
     *
     * @param selective whether {@code condition} finds few rows by {@code far}: they then lead to the resources, instead of
     *     being looked for resource by resource
     */
    String any(String condition, boolean selective) {
        String from = "from membership m"
                + (condition.contains("o.d") ? " join resource o on o.tenant_id = $1 and o.id = " + far : "")
                + " where m.tenant_id = $1 and ";
        return selective
                ? "r.id in (select " + near + " " + from + condition + ")"
                : "exists (select 1 " + from + near + " = r.id and " + condition + ")";
    }
}
