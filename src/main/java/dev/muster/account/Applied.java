package dev.muster.account;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a part of a turn has done.
 *
 * @param events in the order in which they happened
 * @param inUse by how many the accounts in use have become more, or fewer
 * @param changed how many accounts and groups are others now, or wait to be
 * @param held how many deprovisionings the deletion guard holds that it did not hold before
 */
record Applied(List<AccountEvent> events, long inUse, long changed, int held) {

    static final Applied NOTHING = new Applied(List.of(), 0, 0, 0);

    Applied {
        events = List.copyOf(events);
    }

    Applied and(Applied other) {
        return new Applied(
                Stream.concat(events.stream(), other.events.stream()).toList(),
                inUse + other.inUse,
                changed + other.changed,
                held + other.held);
    }
}
