package dev.muster.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a request. */
public enum Outcome {
    /** It was carried out. */
    SUCCESS,
    /** A write of what was so already: nothing has changed. */
    UNCHANGED,
    /** It failed; nothing has changed. */
    ERROR;

    /** The outcome as it stands in the Admin API and in the database. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome with that keyword. */
    public static Optional<Outcome> of(String keyword) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.keyword().equals(keyword))
                .findFirst();
    }
}
