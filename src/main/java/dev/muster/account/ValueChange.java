package dev.muster.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one value of an account.
 *
 * @param from null where there is none yet
 * @param to null where there will be none any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValueChange(@Nullable JsonNode from, @Nullable JsonNode to) {

    /** Notes what becomes of a text, if it becomes another. */
    static void add(Map<String, ValueChange> changes, String name, @Nullable String from, @Nullable String to) {
        if (!Objects.equals(from, to)) {
            changes.put(name, new ValueChange(node(from), node(to)));
        }
    }

    private static @Nullable JsonNode node(@Nullable String text) {
        return text == null ? null : TextNode.valueOf(text);
    }
}
