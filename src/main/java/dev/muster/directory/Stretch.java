package dev.muster.directory;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of the order of a search that one index condition describes. Resources with and without a value to sort by are
 * stretches of their own: no single comparison holds for both.
 */
sealed interface Stretch {

    /** The whole order. */
    record Everything() implements Stretch {}

    /** What stands behind a position, of the resources with a value; where the order is that of the ids, of all. */
    record Behind(Position position) implements Stretch {}

    /** The resources with a value. */
    record Assigned() implements Stretch {}

    /** The resources without one, those behind {@code after} if it is given. */
    record Unassigned(@Nullable UUID after) implements Stretch {}

    /** The stretches behind a position, in their order. */
    static List<Stretch> behind(Position position, Ordering ordering) {
        if (ordering.byIdAlone()) {
            return List.of(new Behind(position));
        }
        if (position.key() == null) {
            return ordering.descending()
                    ? List.of(new Unassigned(position.id()), new Assigned())
                    : List.of(new Unassigned(position.id()));
        }
        return ordering.descending()
                ? List.of(new Behind(position))
                : List.of(new Behind(position), new Unassigned(null));
    }
}
