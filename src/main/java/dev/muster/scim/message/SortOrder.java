package dev.muster.scim.message;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Shown;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The order in which a list is sorted (RFC 7644 §3.4.2.3). */
public enum SortOrder {
    ASCENDING,
    DESCENDING;

    /**
     * The order of that name, in any case; ascending where there is none.
     *
     * @throws ScimException invalidValue for another name
     */
    public static SortOrder of(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return ASCENDING;
        }
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "ascending" -> ASCENDING;
            case "descending" -> DESCENDING;
            default ->
                throw ScimException.invalidValue(
                        "sortOrder must be ascending or descending, not \"" + Shown.of(name) + "\"");
        };
    }
}
