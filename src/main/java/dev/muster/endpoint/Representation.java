package dev.muster.endpoint;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.directory.Documents;
import dev.muster.directory.Member;
import dev.muster.directory.StoredResource;
import dev.muster.scim.resource.HiddenAttributes;
import dev.muster.scim.resource.Projection;
import dev.muster.scim.schema.ResourceType;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What resources of one type look like to one client: the stored document with {@code id}, {@code meta} and what is derived,
 * projected (RFC 7644 §3.4.2.5, §3.9). Where everything is wanted the stored text passes through unread.
 *
 * @param base the Tenant URL: locations begin with it
 */
record Representation(ResourceType type, Projection projection, String base) {

    private static final String GROUPS = "groups";
    private static final String MEMBERS = "members";

    /** Whether the groups of a resource are wanted and this type has them. */
    boolean wantsGroups() {
        return projection.includes(GROUPS);
    }

    /** Whether the members of a group are wanted and this type has them. */
    boolean wantsMembers() {
        return type.name().equals("Group") && projection.includes(MEMBERS);
    }

    /** The URL of a resource of this type. */
    String location(UUID id) {
        return location(type.endpoint(), id);
    }

    /** The resource as JSON text, without members. */
    String of(StoredResource resource) {
        return projection.isDefault() ? passedThrough(resource) : projected(resource);
    }

    /** {@code text}, a JSON object with at least one member, ready for more of its members: without the closing brace. */
    static String open(String text) {
        return text.substring(0, text.length() - 1);
    }

    /** Members as the elements of a JSON array, without its brackets. */
    String members(Collection<Member> members) {
        return members.stream().map(this::member).collect(Collectors.joining(","));
    }

    private String passedThrough(StoredResource resource) {
        StringBuilder text = new StringBuilder(resource.document().length() + 400);
        text.append("{\"id\":\"")
                .append(resource.id())
                .append("\",\"meta\":{\"resourceType\":\"")
                .append(quoted(resource.type()))
                .append("\",\"created\":\"")
                .append(resource.created())
                .append("\",\"lastModified\":\"")
                .append(resource.lastModified())
                .append("\",\"location\":\"")
                .append(quoted(location(resource.id())))
                .append("\",\"version\":\"")
                .append(quoted(resource.entityTag()))
                .append("\"},")
                .append(resource.document(), 1, resource.document().length());
        if (!resource.groups().isEmpty()) {
            text.setLength(text.length() - 1);
            text.append(",\"groups\":").append(groups(resource)).append('}');
        }
        return text.toString();
    }

    private String projected(StoredResource resource) {
        ObjectNode document = HiddenAttributes.without(type, Documents.parse(resource.document()));
        document.put("id", resource.id().toString());
        document.putObject("meta")
                .put("resourceType", resource.type())
                .put("created", resource.created().toString())
                .put("lastModified", resource.lastModified().toString())
                .put("location", location(resource.id()))
                .put("version", resource.entityTag());
        if (!resource.groups().isEmpty()) {
            document.set(GROUPS, groups(resource));
        }
        return projection.apply(document).toString();
    }

    private ArrayNode groups(StoredResource resource) {
        ArrayNode groups = Documents.array();
        resource.groups()
                .forEach(group -> groups.addObject()
                        .put("value", group.id().toString())
                        .put("$ref", location("/Groups", group.id()))
                        .put("display", group.display())
                        .put("type", "direct"));
        return groups;
    }

    private String member(Member member) {
        ObjectNode element = Documents.object()
                .put("value", member.id().toString())
                .put("$ref", location("/" + member.type() + "s", member.id()))
                .put("type", member.type());
        if (member.display() != null) {
            element.put("display", member.display());
        }
        if (projection.isDefault()) {
            return element.toString();
        }
        ObjectNode whole = Documents.object();
        whole.putArray(MEMBERS).add(element);
        return projection.apply(whole).path(MEMBERS).path(0).toString();
    }

    private String location(String endpoint, UUID id) {
        return base + endpoint + "/" + id;
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
