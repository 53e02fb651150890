package dev.muster.endpoint;

import dev.muster.directory.GroupMembers;
import dev.muster.directory.Member;
import dev.muster.directory.SearchPage;
import dev.muster.directory.StoredResource;
import dev.muster.scim.message.ListResponse;
import dev.muster.stream.StreamedJson;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes response bodies of stored resources: a text where it is of bounded size, a {@link StreamedJson} where a group has
 * more members than fit one page.
 */
@ApplicationScoped
class Bodies {

    /** So many members of a group are read together with the groups of a page; of larger groups the rest is streamed. */
    private static final int INLINE_MEMBERS = 100;

    private static final int MEMBERS_PER_CHUNK = 1_000;

    private final GroupMembers members;

    Bodies(GroupMembers members) {
        this.members = members;
    }

    /** The body for one resource. */
    Uni<Object> single(Tenant tenant, Representation representation, StoredResource resource) {
        return resources(tenant, Map.of(resource.type(), representation), List.of(resource))
                .map(parts -> body(tenant, parts));
    }

    /**
     * The body for a list response (RFC 7644 §3.4.2, RFC 9865 §2).
     *
     * @param representations by the name of the resource type
     */
    Uni<Object> list(Tenant tenant, Map<String, Representation> representations, SearchPage page) {
        return resources(tenant, representations, page.resources()).map(parts -> {
            List<Part> body = new ArrayList<>();
            body.add(new Part.Text(opening(page)));
            body.addAll(parts);
            body.add(new Part.Text("]}"));
            return body(tenant, body);
        });
    }

    /** A piece of a body. */
    private sealed interface Part {
        record Text(String text) implements Part {}

        record Members(Representation representation, UUID group, UUID after) implements Part {}
    }

    private Uni<List<Part>> resources(
            Tenant tenant, Map<String, Representation> representations, List<StoredResource> resources) {
        List<UUID> groups = resources.stream()
                .filter(resource -> of(representations, resource).wantsMembers())
                .map(StoredResource::id)
                .toList();
        return groups.isEmpty()
                ? Uni.createFrom().item(parts(representations, resources, Map.of()))
                : members.first(tenant, groups, INLINE_MEMBERS + 1)
                        .map(first -> parts(representations, resources, first));
    }

    private static List<Part> parts(
            Map<String, Representation> representations,
            List<StoredResource> resources,
            Map<UUID, List<Member>> first) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (StoredResource resource : resources) {
            Representation representation = of(representations, resource);
            text.append(text.isEmpty() && parts.isEmpty() ? "" : ",");
            List<Member> some = first.getOrDefault(resource.id(), List.of());
            if (some.isEmpty()) {
                text.append(representation.of(resource));
                continue;
            }
            text.append(Representation.open(representation.of(resource)))
                    .append(",\"members\":[")
                    .append(representation.members(some));
            if (some.size() > INLINE_MEMBERS) {
                parts.add(new Part.Text(text.toString()));
                parts.add(new Part.Members(
                        representation, resource.id(), some.getLast().id()));
                text.setLength(0);
            }
            text.append("]}");
        }
        parts.add(new Part.Text(text.toString()));
        return parts;
    }

    private static Representation of(Map<String, Representation> representations, StoredResource resource) {
        return Objects.requireNonNull(representations.get(resource.type()), resource.type());
    }

    private static String opening(SearchPage page) {
        StringBuilder opening = new StringBuilder("{\"schemas\":[\"" + ListResponse.SCHEMA + "\"]");
        append(opening, "totalResults", page.totalResults());
        append(opening, "startIndex", page.startIndex());
        append(opening, "itemsPerPage", (long) page.resources().size());
        append(opening, "previousCursor", page.previousCursor());
        append(opening, "nextCursor", page.nextCursor());
        return opening.append(",\"Resources\":[").toString();
    }

    private static void append(StringBuilder json, String name, @Nullable Long number) {
        if (number != null) {
            json.append(",\"").append(name).append("\":").append(number.longValue());
        }
    }

    /** Cursors need no escapes: their characters are those of base64url. */
    private static void append(StringBuilder json, String name, @Nullable String cursor) {
        if (cursor != null) {
            json.append(",\"").append(name).append("\":\"").append(cursor).append('"');
        }
    }

    private Object body(Tenant tenant, List<Part> parts) {
        if (parts.stream().allMatch(Part.Text.class::isInstance)) {
            return parts.stream().map(part -> ((Part.Text) part).text()).collect(Collectors.joining());
        }
        return new StreamedJson(Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToMultiAndConcatenate(part -> switch (part) {
                    case Part.Text text -> Multi.createFrom().item(text.text());
                    case Part.Members rest -> pages(tenant, rest);
                }));
    }

    /** The members after the first ones, a page a chunk; each page is read when the one before has been sent. */
    private Multi<String> pages(Tenant tenant, Part.Members rest) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(rest.after()),
                        after -> members.page(tenant, rest.group(), after.get(), MEMBERS_PER_CHUNK)
                                .invoke(page -> {
                                    if (!page.isEmpty()) {
                                        after.set(page.getLast().id());
                                    }
                                }))
                .whilst(page -> page.size() == MEMBERS_PER_CHUNK)
                .filter(page -> !page.isEmpty())
                .map(page -> "," + rest.representation().members(page));
    }
}
