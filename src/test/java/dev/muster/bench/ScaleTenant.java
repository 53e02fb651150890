package dev.muster.bench;

import java.util.UUID;

/**
 * A tenant of a known population.
 *
 * @param users how many there are; a user's number says its id, its names and its addresses
 * @param members so many of them, the first ones, are the members of the group
 */
record ScaleTenant(String id, int users, int members) {

    /** The id of the one group that each tenant has. */
    static final UUID GROUP = new UUID(0x019b_0000_0000_7000L, 0x8000_0000_0000_0000L);

    /** The id of a user: they ascend with the numbers, as ids that the server makes ascend with time. */
    static UUID user(int number) {
        return new UUID(0x019b_0000_0000_7000L + ((long) (number + 1) << 16), 0x8000_0000_0000_0000L | number);
    }

    String base() {
        return "/t/" + id + "/scim/v2";
    }

    String group() {
        return base() + "/Groups/" + GROUP;
    }
}
