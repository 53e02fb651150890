package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a field of an account comes from. Either {@code from} or {@code constant} is given.
 *
 * @param from the path of an attribute, a value filter allowed, such as {@code emails[type eq "work"].value}; where it means
 *     several values, the primary one, else the first
 * @param constant the value of every account
 * @param lookup values by what stands at {@code from}; what is not in it stays as it is
 * @param otherwise the value where nothing stands at {@code from}; {@code default} in the document
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AccountField(
        @Nullable String from,
        @Nullable String constant,
        @Nullable LetterCase letters,
        Map<String, String> lookup,
        @JsonProperty("default") @Nullable String otherwise) {

    /** What becomes of the letters of a value. */
    public enum LetterCase {
        @JsonProperty("lower")
        LOWER,
        @JsonProperty("upper")
        UPPER
    }

    public AccountField {
        lookup = lookup == null ? Map.of() : Map.copyOf(lookup);
    }

    /** The attribute as it is. */
    public static AccountField of(String path) {
        return new AccountField(path, null, null, Map.of(), null);
    }
}
