package dev.muster.admin;

import dev.muster.account.PendingQuery.Place;
import dev.muster.audit.EntryIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** A place in the list of what waits, as a text that says nothing to its reader. */
final class PendingCursor {

    private static final int LONGEST = 200;

    private PendingCursor() {}

    static String of(Place place) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, place.since());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((micros + ":" + place.resource()).getBytes(StandardCharsets.US_ASCII));
    }

    /** Empty, or fails with {@link IllegalArgumentException}, where the text is no cursor. */
    static Optional<Place> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(":", 2);
        return parts.length < 2
                ? Optional.empty()
                : EntryIds.parse(parts[1]).map(id -> new Place(time(Long.parseLong(parts[0])), id));
    }

    private static Instant time(long micros) {
        if (micros < 0 || micros > ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"))) {
            throw new IllegalArgumentException();
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
