package dev.muster.directory;

import dev.muster.scim.bulk.BulkOperation;
import dev.muster.scim.bulk.BulkRequest;
import dev.muster.scim.bulk.BulkUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a Bulk request into batches, in the order in which they can be performed: runs of writes of one kind, each to another
 * resource. Operations that cannot be performed join any batch.
 */
final class BulkBatches {

    /** So much is read, checked and prepared at once; the event loop has other requests to serve. */
    private static final int MOST_OPERATIONS = 100;

    private static final int MOST_BYTES = 1 << 20;

    private final BulkPreparation preparation;
    private final List<BulkOperation> operations;
    private final List<int[]> units;
    private int position;
    private @Nullable Unit waiting;

    /** @param performed whether the operation of that index has been performed before */
    BulkBatches(BulkPreparation preparation, BulkRequest request, IntPredicate performed) {
        this.preparation = preparation;
        this.operations = request.operations();
        this.units = BulkUnits.of(request).stream()
                .filter(unit -> !Arrays.stream(unit).allMatch(performed))
                .toList();
    }

    /** Operations that are performed together: one, or those that refer to each other in a circle. */
    record Unit(List<BulkStep> steps) {

        Unit {
            steps = List.copyOf(steps);
        }

        /** The operations that are wrong themselves before those that can only not be performed without them. */
        List<BulkStep> causesFirst() {
            return steps.stream()
                    .sorted(Comparator.comparing(step -> step.error() == null))
                    .toList();
        }

        /** The kind of its writes, which are of one kind; null where nothing can be written. */
        private @Nullable Class<?> kind() {
            return steps.stream()
                    .map(BulkStep::write)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .<Class<?>>map(Object::getClass)
                    .orElse(null);
        }

        private boolean batchable() {
            return steps.stream().allMatch(BulkStep::batchable);
        }

        private List<UUID> targets() {
            return steps.stream()
                    .filter(step -> step.write() != null)
                    .map(BulkStep::target)
                    .toList();
        }

        private boolean writesOneOf(Set<UUID> others) {
            return targets().stream().anyMatch(others::contains);
        }

        /** Whether deletions before it may make it fail: a group is of another version when a member of it has gone. */
        private boolean deletesVersionOfGroup() {
            return steps.stream()
                    .map(BulkStep::write)
                    .anyMatch(write -> write instanceof ResourceWrite.Delete deletion
                            && deletion.ifMatch() != null
                            && deletion.type().name().equals("Group"));
        }

        private int bytes() {
            return steps.stream()
                    .map(step -> step.operation().data())
                    .mapToInt(data -> data == null ? 0 : data.length())
                    .sum();
        }
    }

    boolean atEnd() {
        return waiting == null && position == units.size();
    }

    /** Whether the next batch is one circle of more operations than are prepared at once. */
    boolean largeNext() {
        return waiting == null && position < units.size() && units.get(position).length > MOST_OPERATIONS;
    }

    /** The next batch, of at least one unit. */
    List<Unit> next() {
        List<Unit> batch = new ArrayList<>();
        Set<UUID> targets = new HashSet<>();
        Class<?> kind = null;
        int count = 0;
        int bytes = 0;
        while (!atEnd() && count < MOST_OPERATIONS && bytes < MOST_BYTES) {
            Unit unit = waiting == null ? prepared(units.get(position++)) : waiting;
            waiting = null;
            if (!unit.batchable()) {
                return batch.isEmpty() ? List.of(unit) : upTo(batch, unit);
            }
            Class<?> itsKind = unit.kind();
            if (kind != null
                    && itsKind != null
                    && (itsKind != kind || unit.writesOneOf(targets) || unit.deletesVersionOfGroup())) {
                return upTo(batch, unit);
            }
            batch.add(unit);
            targets.addAll(unit.targets());
            kind = itsKind == null ? kind : itsKind;
            count += unit.steps().size();
            bytes += unit.bytes();
        }
        return batch;
    }

    private List<Unit> upTo(List<Unit> batch, Unit next) {
        waiting = next;
        return batch;
    }

    private Unit prepared(int[] unit) {
        return new Unit(Arrays.stream(unit)
                .mapToObj(index -> preparation.step(operations.get(index)))
                .toList());
    }
}
