package dev.muster.product;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.Page;
import dev.muster.directory.EntityTags;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the product reads, as JSON. */
final class Representations {

    private Representations() {}

    /** A page under the name of what it holds. */
    static <T> ObjectNode page(String name, Page<T> page, Function<T, ObjectNode> representation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        page.items().stream().map(representation).forEach(json.putArray(name)::add);
        return json.put("nextCursor", page.nextCursor());
    }

    /** One thing with the tag of its version; without a body where the client has this version. */
    static Response tagged(ObjectNode json, long version, @Nullable String ifNoneMatch) {
        Response.ResponseBuilder response = ifNoneMatch != null && EntityTags.matches(ifNoneMatch, version)
                ? Response.notModified()
                : Response.ok(json);
        return response.header(HttpHeaders.ETAG, EntityTags.of(version)).build();
    }
}
