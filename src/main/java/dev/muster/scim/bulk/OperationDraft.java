package dev.muster.scim.bulk;

import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation while its members are being read, in whatever order they stand. Of several faults the first is told. */
final class OperationDraft {

    private static final int LONGEST_BULK_ID = 1_024;

    private final int index;
    private @Nullable BulkMethod method;
    private @Nullable String bulkId;
    private @Nullable BulkPath path;
    private @Nullable String version;
    private @Nullable OperationData data;
    private @Nullable ScimError fault;

    OperationDraft(int index) {
        this.index = index;
    }

    void fault(String detail) {
        fault(ScimException.invalidSyntax(detail).error());
    }

    private void fault(ScimError error) {
        if (fault == null) {
            fault = error;
        }
    }

    void method(String name) {
        BulkMethod.named(name)
                .ifPresentOrElse(
                        known -> method = known,
                        () -> fault("'method' must be one of \"POST\", \"PUT\", \"PATCH\" and \"DELETE\"."));
    }

    void bulkId(String text) {
        if (text.isEmpty() || text.length() > LONGEST_BULK_ID) {
            fault("'bulkId' must have 1 to " + LONGEST_BULK_ID + " characters.");
        } else {
            bulkId = text;
        }
    }

    void path(String text, Function<String, BulkPath> parser) {
        try {
            path = parser.apply(text);
        } catch (ScimException e) {
            fault(e.error());
        }
    }

    void version(String text) {
        version = text;
    }

    void data(OperationData range) {
        data = range;
    }

    /**
     * The operation, with what only shows when all of it has been read.
     *
     * @param taken the bulkIds of the creations before this one, to which its own is added
     */
    BulkOperation finished(Set<String> taken) {
        if (method == null) {
            fault("'method' is required: one of \"POST\", \"PUT\", \"PATCH\" and \"DELETE\".");
        } else if (path == null) {
            fault("'path' is required, such as /Users or /Users/2819c223-7f76-453a-919d-413861904646.");
        } else if (method == BulkMethod.POST) {
            creation(path, taken);
        } else if (path.id() == null) {
            fault("'path' must name one resource, such as " + path.endpoint()
                    + "/2819c223-7f76-453a-919d-413861904646, where 'method' is not POST.");
        }
        if (method != null && method.takesData() && data == null) {
            fault(
                    "'data' is required where 'method' is POST, PUT or PATCH: the body that a single request would have.");
        }
        return new BulkOperation(index, method, bulkId, path, version, data, fault);
    }

    private void creation(BulkPath at, Set<String> taken) {
        if (at.id() != null) {
            fault("'path' must name an endpoint, such as " + at.endpoint() + ", where 'method' is POST.");
        }
        if (bulkId == null) {
            fault("'bulkId' is required where 'method' is POST (RFC 7644 §3.7); choose one for each operation.");
        } else if (!taken.add(bulkId)) {
            fault("'bulkId' is that of an operation before; it must be unique within the request.");
        }
    }
}
