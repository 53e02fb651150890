package dev.muster.tenant;

/** Makes JSON pointers (RFC 6901). */
final class Pointers {

    private static final int LONGEST_NAME = 64;

    private Pointers() {}

    /** The member {@code name} of what stands at {@code pointer}; a name that nobody can have meant is abbreviated. */
    static String member(String pointer, String name) {
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        return pointer + "/" + shown.replace("~", "~0").replace("/", "~1");
    }

    /** The element {@code index} of the array at {@code pointer}. */
    static String element(String pointer, int index) {
        return pointer + "/" + index;
    }
}
