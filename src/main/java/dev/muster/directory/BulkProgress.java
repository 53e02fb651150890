package dev.muster.directory;

import dev.muster.directory.BulkBatches.Unit;
import dev.muster.scim.bulk.BulkRequest;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.schema.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has become of the operations of one Bulk request so far, and how many errors are left until it ends. */
final class BulkProgress {

    private final BulkRequest request;
    private final @Nullable BulkResult[] results;
    private final int mostErrors;
    private int errors;
    private int told;

    /** @param earlier what has become of operations before */
    BulkProgress(BulkRequest request, List<BulkResult> earlier) {
        this.request = request;
        this.results = new BulkResult[request.operations().size()];
        this.mostErrors = request.failOnErrors() == null ? Integer.MAX_VALUE : request.failOnErrors();
        earlier.forEach(this::add);
    }

    /** Notes a result, unless nothing more is to be done. */
    void add(BulkResult result) {
        if (!stopped()) {
            results[result.index()] = result;
            errors += result.failed() ? 1 : 0;
        }
    }

    /** The results of operations that are not among {@code known}. */
    List<BulkResult> besides(BitSet known) {
        return Arrays.stream(results)
                .filter(result -> result != null && !known.get(result.index()))
                .map(Objects::requireNonNull)
                .toList();
    }

    boolean performed(int index) {
        return results[index] != null;
    }

    /** Whether there were as many errors as the client accepts (failOnErrors). */
    boolean stopped() {
        return errors >= mostErrors;
    }

    boolean stoppedBy(int moreErrors) {
        return (long) errors + moreErrors >= mostErrors;
    }

    boolean allTold() {
        return told == results.length;
    }

    /**
     * The results that have not been told yet, in the order of the request, up to the first operation that has none.
     *
     * @param ended whether no more operations are performed: those without a result are left out
     */
    List<BulkResult> tell(boolean ended) {
        List<BulkResult> now = new ArrayList<>();
        for (; told < results.length; told++) {
            BulkResult result = results[told];
            if (result != null) {
                now.add(result);
            } else if (!ended) {
                break;
            }
        }
        return now;
    }

    /**
     * The operations of a batch that fail without being tried, and why: they are wrong themselves, or what they refer to could
     * not be created. Of operations that refer to each other in a circle all fail.
     */
    Map<Integer, ScimError> foreseen(List<Unit> batch) {
        Map<Integer, ScimError> foreseen = new HashMap<>();
        for (Unit unit : batch) {
            ScimError following = null;
            for (BulkStep step : unit.causesFirst()) {
                ScimError error = step.error() == null ? dependency(step, foreseen) : step.error();
                if (error != null) {
                    foreseen.put(step.index(), error);
                    following = dependency(step.index());
                }
            }
            if (following != null) {
                for (BulkStep step : unit.steps()) {
                    foreseen.putIfAbsent(step.index(), following);
                }
            }
        }
        return foreseen;
    }

    private @Nullable ScimError dependency(BulkStep step, Map<Integer, ScimError> foreseen) {
        for (int reference : step.references()) {
            BulkResult result = results[reference];
            if (foreseen.containsKey(reference) || (result != null && result.failed())) {
                return dependency(reference);
            }
        }
        return null;
    }

    /** The error of an operation that refers to one that has failed. */
    ScimError dependency(int failed) {
        String bulkId = String.valueOf(request.operations().get(failed).bulkId());
        return ScimError.of(
                409,
                "The operation with the bulkId \"" + Shown.of(bulkId)
                        + "\", to which this one refers, has failed. Mend that one and send both again.");
    }

    /**
     * Whether a batch may stand: its failures change nothing for its other operations, neither because these refer to one that
     * has failed, nor because they are not to be performed after so many errors.
     */
    boolean acceptable(int foreseen, List<BulkStep> tried, Map<UUID, WriteOutcome> outcomes) {
        Set<Integer> refused = new HashSet<>();
        tried.stream()
                .filter(step -> outcomes.get(step.target()) instanceof WriteOutcome.Refused)
                .forEach(step -> refused.add(step.index()));
        return refused.isEmpty()
                || (!stoppedBy(foreseen + refused.size())
                        && tried.stream()
                                .flatMap(step -> step.references().stream())
                                .noneMatch(refused::contains));
    }
}
