package dev.muster.scim.patch;

import dev.muster.scim.filter.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of a group's members that the directory can make without reading the members. */
public sealed interface MemberChange {

    /**
     * A member as a client names it.
     *
     * @param value the id of the user or group
     * @param type {@code User} or {@code Group}, null where the client did not say
     */
    record Member(String value, @Nullable String type) {}

    /** These are members afterwards; those that are already there stay as they are. */
    record Add(List<Member> members) implements MemberChange {
        public Add {
            members = List.copyOf(members);
        }
    }

    /** None of these ids is a member afterwards. */
    record Remove(List<String> values) implements MemberChange {
        public Remove {
            values = List.copyOf(values);
        }
    }

    /**
     * No member that meets the filter is left.
     *
     * @param valueFilter its references are full references to sub-attributes of {@code members}
     */
    record RemoveMatching(Filter valueFilter) implements MemberChange {}

    /** There are no members afterwards. */
    record RemoveAll() implements MemberChange {}

    /** The members afterwards are exactly these. */
    record ReplaceAll(List<Member> members) implements MemberChange {
        public ReplaceAll {
            members = List.copyOf(members);
        }
    }
}
