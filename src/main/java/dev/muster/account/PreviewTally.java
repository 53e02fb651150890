package dev.muster.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Counts what a preview has found. For one preview and one thread at a time. */
final class PreviewTally {

    private static final int SAMPLES = 20;

    private final long end;
    private final Map<String, Long> actions = new TreeMap<>();
    private final Map<String, Long> fields = new TreeMap<>();
    private final Map<String, Long> waiting = new TreeMap<>();
    private final List<PreviewResult.Sample> samples = new ArrayList<>();
    private long examined;
    private long changed;
    private long deprovisioned;
    private boolean complete = true;

    /** @param end when it is to end, by {@link System#nanoTime} */
    PreviewTally(long end) {
        this.end = end;
    }

    void count(Assessment assessment) {
        examined++;
        PendingReason waits = assessment.waits();
        if (!assessment.changes()) {
            return;
        }
        AccountAction action = AccountAction.of(assessment);
        SequencedMap<String, ValueChange> changes = assessment.differences();
        if (waits == null) {
            changed++;
            deprovisioned += assessment.deprovisions() ? 1 : 0;
            actions.merge(action.keyword(), 1L, Long::sum);
            changes.keySet().forEach(field -> fields.merge(field, 1L, Long::sum));
        } else {
            waiting.merge(waits.keyword(), 1L, Long::sum);
        }
        if (samples.size() < SAMPLES) {
            samples.add(PreviewResult.Sample.of(assessment, action, changes));
        }
    }

    /** How many deprovisionings would have been carried out so far. */
    long deprovisioned() {
        return deprovisioned;
    }

    /** Whether there is time for another page. */
    boolean goesOn() {
        complete = System.nanoTime() < end;
        return complete;
    }

    PreviewResult result() {
        return new PreviewResult(examined, complete, changed, actions, fields, waiting, samples);
    }
}
