package dev.muster.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.SentJson;
import dev.muster.scim.resource.Identity;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The {@code data} of an operation: a range of the request's body, which becomes a tree when its turn comes. */
public final class OperationData {

    private static final String PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private final SentJson json;
    private final byte[] body;
    private final int from;
    private final int length;
    private final Set<String> references;

    OperationData(SentJson json, byte[] body, int from, int length, Set<String> references) {
        this.json = json;
        this.body = body;
        this.from = from;
        this.length = length;
        this.references = Set.copyOf(references);
    }

    /** Bytes of JSON. */
    public int length() {
        return length;
    }

    /** Whom the data are about, as far as they can be read. */
    Identity identity() {
        try {
            return Identity.of(json.parse(body, from, length, "'data'"));
        } catch (ScimException unreadable) {
            return Identity.UNKNOWN;
        }
    }

    /** The bulkIds that the data refer to. */
    Set<String> references() {
        return references;
    }

    /**
     * The data as a request of its own would have it in its body; a bare array of PATCH operations, as in the example of
     * RFC 7644 §3.7.3, becomes a PatchOp.
     *
     * @param ids gives the id in place of a bulkId
     * @throws ScimException invalidSyntax where it is not well-formed; what {@code ids} throws
     */
    public ObjectNode parse(BulkMethod method, UnaryOperator<String> ids) {
        JsonNode data = BulkReferences.resolve(null, json.parse(body, from, length, "'data'"), ids);
        if (data instanceof ObjectNode object) {
            return object;
        }
        if (method == BulkMethod.PATCH && data.isArray()) {
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            patch.putArray("schemas").add(PATCH_SCHEMA);
            patch.set("Operations", data);
            return patch;
        }
        throw ScimException.invalidSyntax("'data' must be a JSON object: the body that a single request would have.");
    }
}
