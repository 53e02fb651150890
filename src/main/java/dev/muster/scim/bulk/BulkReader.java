package dev.muster.scim.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.JsonLimits;
import dev.muster.scim.message.SentJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Bulk requests (RFC 7644 §3.7) in one pass over the bytes that were received: what the operations send stays a range of
 * them. What is wrong with one operation is a fault of that operation; what is wrong with the message is thrown. Immutable.
 */
public final class BulkReader {

    private static final int ENVELOPE_NESTING = 3;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final String BODY = "The request body";

    private static final Set<String> MEMBERS =
            Set.of("schemas", "failOnErrors", "Operations", "method", "bulkId", "version", "path", "data");

    private final Conformance conformance;
    private final int maxOperations;
    private final BulkPaths paths;
    private final SentJson json;
    private final JsonFactory parsers;

    /**
     * @param maxOperations so many operations are taken, at least 1
     * @param tenantUrl without a slash at its end; paths may begin with it in {@link Conformance#COMPAT}
     * @param limits for the message as for the body of each operation
     */
    public BulkReader(Conformance conformance, int maxOperations, String tenantUrl, JsonLimits limits) {
        this.json = new SentJson(limits);
        this.parsers = json.factory(ENVELOPE_NESTING);
        this.conformance = conformance;
        this.maxOperations = maxOperations;
        this.paths = new BulkPaths(conformance, tenantUrl);
    }

    /**
     * The request.
     *
     * @param body JSON in UTF-8; must not be changed as long as the request is in use
     * @throws ScimException invalidSyntax where it is no Bulk request, invalidValue for failOnErrors, 413 where it has more
     *     operations than are taken, naming maxOperations (§3.7.4)
     */
    public BulkRequest read(byte[] body) {
        byte[] unmarked = marked(body) ? Arrays.copyOfRange(body, BYTE_ORDER_MARK.length, body.length) : body;
        try (JsonParser parser = parsers.createParser(unmarked)) {
            BulkRequest request = new Message(unmarked, parser).read();
            if (parser.nextToken() != null) {
                throw ScimException.invalidSyntax("The request body must be one JSON object.");
            }
            return request;
        } catch (IOException e) {
            throw json.refused(e, BODY);
        }
    }

    private static boolean marked(byte[] body) {
        return body.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(body, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** One message while it is being read. */
    private final class Message {

        private final byte[] body;
        private final JsonParser parser;
        private final List<BulkOperation> operations = new ArrayList<>();
        private final Set<String> bulkIds = new HashSet<>();
        private @Nullable Integer failOnErrors;

        Message(byte[] body, JsonParser parser) {
            this.body = body;
            this.parser = parser;
        }

        BulkRequest read() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ScimException.invalidSyntax("The request body must be a JSON object.");
            }
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                String member = canonical(name);
                parser.nextToken();
                if (!seen.add(member)) {
                    throw ScimException.invalidSyntax("A member of the request is given more than once; send it once.");
                }
                switch (member) {
                    case "schemas" -> schemas();
                    case "failonerrors" -> failOnErrors = failOnErrors();
                    case "operations" -> operations();
                    default -> unknown();
                }
            }
            if (!seen.contains("schemas") && conformance == Conformance.STRICT) {
                throw wrongSchemas();
            }
            if (operations.isEmpty()) {
                throw ScimException.invalidSyntax("'Operations' must be an array of at least one operation.");
            }
            return new BulkRequest(failOnErrors, operations);
        }

        private void unknown() throws IOException {
            if (conformance == Conformance.STRICT) {
                throw ScimException.invalidSyntax(
                        "Only 'schemas', 'failOnErrors' and 'Operations' can stand here, written exactly so.");
            }
            parser.skipChildren();
        }

        private void schemas() throws IOException {
            if (!parser.isExpectedStartArrayToken()) {
                throw wrongSchemas();
            }
            boolean named = false;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                named |= parser.hasToken(JsonToken.VALUE_STRING)
                        && parser.getText().equalsIgnoreCase(BulkRequest.SCHEMA);
                parser.skipChildren();
            }
            if (!named) {
                throw wrongSchemas();
            }
        }

        private @Nullable Integer failOnErrors() throws IOException {
            if (parser.hasToken(JsonToken.VALUE_NULL)) {
                return null;
            }
            if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                    || parser.getBigIntegerValue().signum() <= 0) {
                throw ScimException.invalidValue("'failOnErrors' must be an integer of at least 1; leave it out to have"
                        + " all operations tried.");
            }
            return parser.getBigIntegerValue().bitLength() < Integer.SIZE ? parser.getIntValue() : Integer.MAX_VALUE;
        }

        private void operations() throws IOException {
            if (!parser.isExpectedStartArrayToken()) {
                throw ScimException.invalidSyntax("'Operations' must be an array of at least one operation.");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (operations.size() == maxOperations) {
                    throw ScimException.of(
                            413,
                            "The bulk request has more operations than maxOperations (" + maxOperations
                                    + "). Send them in several requests.");
                }
                operations.add(operation(new OperationDraft(operations.size())));
            }
        }

        private BulkOperation operation(OperationDraft draft) throws IOException {
            if (!parser.isExpectedStartObjectToken()) {
                parser.skipChildren();
                draft.fault("Every element of 'Operations' must be a JSON object.");
                return draft.finished(bulkIds);
            }
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String member = canonical(parser.currentName());
                parser.nextToken();
                if (seen.add(member)) {
                    member(draft, member);
                } else {
                    draft.fault("A member of the operation is given more than once; send it once.");
                    parser.skipChildren();
                }
            }
            return draft.finished(bulkIds);
        }

        private void member(OperationDraft draft, String member) throws IOException {
            switch (member) {
                case "method" ->
                    text(
                            draft,
                            member,
                            name -> draft.method(
                                    conformance == Conformance.COMPAT
                                            ? name.strip().toUpperCase(Locale.ROOT)
                                            : name));
                case "bulkid" -> text(draft, "bulkId", draft::bulkId);
                case "path" -> text(draft, member, path -> draft.path(path, paths::parse));
                case "version" -> text(draft, member, draft::version);
                case "data" -> data(draft);
                default -> {
                    if (conformance == Conformance.STRICT) {
                        draft.fault("Only 'method', 'bulkId', 'version', 'path' and 'data' can stand in an operation,"
                                + " written exactly so.");
                    }
                    parser.skipChildren();
                }
            }
        }

        private void text(OperationDraft draft, String member, Consumer<String> taken) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                taken.accept(parser.getText());
            } else if (!parser.hasToken(JsonToken.VALUE_NULL)) {
                draft.fault("'" + member + "' must be a string.");
                parser.skipChildren();
            }
        }

        private void data(OperationDraft draft) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_NULL)) {
                return;
            }
            if (!parser.currentToken().isStructStart()) {
                draft.fault("'data' must be a JSON object: the body that a single request would have.");
                return;
            }
            int from = (int) parser.currentTokenLocation().getByteOffset();
            Set<String> references = new HashSet<>();
            for (int depth = 1; depth > 0; ) {
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING) {
                    BulkReferences.resolved(parser.currentName(), parser.getText(), bulkId -> {
                        references.add(bulkId);
                        return bulkId;
                    });
                }
            }
            int to = (int) parser.currentLocation().getByteOffset();
            draft.data(new OperationData(json, body, from, to - from, references));
        }

        /** The name in lower case where it is one that is known; names may be written in any case in COMPAT only. */
        private String canonical(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return conformance == Conformance.COMPAT || MEMBERS.contains(name) ? lower : "unknown " + name;
        }

        private ScimException wrongSchemas() {
            return ScimException.invalidSyntax("'schemas' must be [\"" + BulkRequest.SCHEMA + "\"].");
        }
    }
}
