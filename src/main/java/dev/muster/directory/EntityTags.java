package dev.muster.directory;

import java.util.Arrays;

/** Weak entity tags of versions (RFC 7644 §3.14, RFC 9110 §8.8.3). */
public final class EntityTags {

    private EntityTags() {}

    /** The tag of a version. */
    public static String of(long version) {
        return "W/\"" + version + "\"";
    }

    /**
     * Whether an If-Match or If-None-Match header matches a version. The comparison is weak: Muster's tags are weak, and a
     * client that drops the {@code W/} means the same.
     */
    public static boolean matches(String header, long version) {
        String opaque = "\"" + version + "\"";
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(opaque));
    }
}
