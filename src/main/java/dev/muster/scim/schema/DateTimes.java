package dev.muster.scim.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The values of dateTime attributes: {@code xsd:dateTime} with {@code Z} or an offset (RFC 7643 §2.3.5). */
public final class DateTimes {

    private static final Pattern XSD_DATE_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,30})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern BEYOND_NANOSECONDS = Pattern.compile("(\\.\\d{9})\\d+");
    private static final DateTimeFormatter NORMAL = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant FIRST = LocalDateTime.of(1, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
    private static final Instant END = LocalDateTime.of(10_000, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);

    private DateTimes() {}

    /**
     * The moment that {@code text} names, to the nanosecond.
     *
     * @return empty where {@code text} is no dateTime with an offset in the years 1 to 9999 (UTC)
     */
    public static Optional<Instant> parse(String text) {
        if (!XSD_DATE_TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(
                            BEYOND_NANOSECONDS.matcher(text).replaceFirst("$1"))
                    .toInstant();
            return instant.isBefore(FIRST) || !instant.isBefore(END) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException impossibleDate) {
            return Optional.empty();
        }
    }

    /** The form in which moments compare as text: UTC, nine fraction digits. Only for years 1 to 9999. */
    public static String normalised(Instant instant) {
        return NORMAL.format(instant);
    }
}
