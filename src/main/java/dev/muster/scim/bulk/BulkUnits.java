package dev.muster.scim.bulk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The order in which the operations of a request can be performed: each after those that create what it refers to, and as far
 * as that allows in the order of the request. Operations that refer to each other in a circle (RFC 7644 §3.7.1) are one unit.
 *
 * <p>The units are the strongly connected components of the references, found by Tarjan's algorithm, which finds a component
 * after those that it refers to. Without recursion: a chain of references is as long as a request.
 */
public final class BulkUnits {

    private static final int NOT_SEEN = -1;

    private final int[][] references;
    private final int[] number;
    private final int[] lowest;
    private final int[] nextReference;
    private final boolean[] open;
    private final Deque<Integer> path = new ArrayDeque<>();
    private final Deque<Integer> unassigned = new ArrayDeque<>();
    private final List<int[]> units = new ArrayList<>();
    private int seen;

    private BulkUnits(int[][] references) {
        this.references = references;
        this.number = new int[references.length];
        this.lowest = new int[references.length];
        this.nextReference = new int[references.length];
        this.open = new boolean[references.length];
        Arrays.fill(number, NOT_SEEN);
    }

    /** The units in the order in which they can be performed; each has the indexes of its operations, ascending. */
    public static List<int[]> of(BulkRequest request) {
        Map<String, Integer> creations = request.creations();
        return of(request.operations().stream()
                .map(operation -> BulkRequest.references(operation).stream()
                        .map(creations::get)
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .toArray())
                .toArray(int[][]::new));
    }

    /** @param references for each operation the indexes of those that it refers to */
    static List<int[]> of(int[][] references) {
        BulkUnits search = new BulkUnits(references);
        for (int index = 0; index < references.length; index++) {
            if (search.number[index] == NOT_SEEN) {
                search.from(index);
            }
        }
        return search.units;
    }

    private void from(int start) {
        enter(start);
        while (!path.isEmpty()) {
            int at = path.element();
            if (nextReference[at] < references[at].length) {
                int to = references[at][nextReference[at]++];
                if (number[to] == NOT_SEEN) {
                    enter(to);
                } else if (open[to]) {
                    lowest[at] = Math.min(lowest[at], number[to]);
                }
            } else {
                leave(at);
            }
        }
    }

    private void enter(int index) {
        number[index] = seen;
        lowest[index] = seen++;
        open[index] = true;
        path.push(index);
        unassigned.push(index);
    }

    private void leave(int index) {
        path.pop();
        if (!path.isEmpty()) {
            int before = path.element();
            lowest[before] = Math.min(lowest[before], lowest[index]);
        }
        if (lowest[index] == number[index]) {
            units.add(component(index));
        }
    }

    private int[] component(int root) {
        List<Integer> members = new ArrayList<>();
        int member;
        do {
            member = unassigned.pop();
            open[member] = false;
            members.add(member);
        } while (member != root);
        return members.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
}
