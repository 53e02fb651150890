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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

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
        return resources(tenant, representation, List.of(resource)).map(parts -> body(tenant, representation, parts));
    }

    /** The body for a list response (RFC 7644 §3.4.2). */
    Uni<Object> list(Tenant tenant, Representation representation, SearchPage page) {
        return resources(tenant, representation, page.resources()).map(parts -> {
            List<Part> body = new ArrayList<>();
            body.add(new Part.Text(opening(page)));
            body.addAll(parts);
            body.add(new Part.Text("]}"));
            return body(tenant, representation, body);
        });
    }

    /** A piece of a body. */
    private sealed interface Part {
        record Text(String text) implements Part {}

        record Members(UUID group, UUID after) implements Part {}
    }

    private Uni<List<Part>> resources(Tenant tenant, Representation representation, List<StoredResource> resources) {
        if (!representation.wantsMembers()) {
            return Uni.createFrom()
                    .item(List.of(new Part.Text(
                            resources.stream().map(representation::of).collect(Collectors.joining(",")))));
        }
        List<UUID> groups = resources.stream().map(StoredResource::id).toList();
        return members.first(tenant, groups, INLINE_MEMBERS + 1).map(first -> groups(representation, resources, first));
    }

    private static List<Part> groups(
            Representation representation, List<StoredResource> resources, Map<UUID, List<Member>> first) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (StoredResource group : resources) {
            text.append(text.isEmpty() && parts.isEmpty() ? "" : ",");
            List<Member> some = first.getOrDefault(group.id(), List.of());
            if (some.isEmpty()) {
                text.append(representation.of(group));
                continue;
            }
            text.append(Representation.open(representation.of(group)))
                    .append(",\"members\":[")
                    .append(representation.members(some));
            if (some.size() > INLINE_MEMBERS) {
                parts.add(new Part.Text(text.toString()));
                parts.add(new Part.Members(group.id(), some.getLast().id()));
                text.setLength(0);
            }
            text.append("]}");
        }
        parts.add(new Part.Text(text.toString()));
        return parts;
    }

    private static String opening(SearchPage page) {
        return "{\"schemas\":[\"" + ListResponse.SCHEMA + "\"],\"totalResults\":" + page.totalResults()
                + ",\"startIndex\":" + page.startIndex()
                + ",\"itemsPerPage\":" + page.resources().size()
                + ",\"Resources\":[";
    }

    private Object body(Tenant tenant, Representation representation, List<Part> parts) {
        if (parts.stream().allMatch(Part.Text.class::isInstance)) {
            return parts.stream().map(part -> ((Part.Text) part).text()).collect(Collectors.joining());
        }
        return new StreamedJson(Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToMultiAndConcatenate(part -> switch (part) {
                    case Part.Text text -> Multi.createFrom().item(text.text());
                    case Part.Members rest -> pages(tenant, representation, rest);
                }));
    }

    /** The members after the first ones, a page a chunk; each page is read when the one before has been sent. */
    private Multi<String> pages(Tenant tenant, Representation representation, Part.Members rest) {
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
                .map(page -> "," + representation.members(page));
    }
}
