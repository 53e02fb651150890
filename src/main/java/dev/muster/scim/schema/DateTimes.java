package dev.muster.scim.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of dateTime attributes: {@code xsd:dateTime} (RFC 7643 §2.3.5). */
public final class DateTimes {

    private static final Pattern XSD_DATE_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,30})?(Z|[+-]\\d\\d:\\d\\d)?");
    private static final int OFFSET = 2;
    private static final Pattern BEYOND_NANOSECONDS = Pattern.compile("(\\.\\d{9})\\d+");
    private static final DateTimeFormatter NORMAL = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant FIRST = LocalDateTime.of(1, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
    private static final Instant END = LocalDateTime.of(10_000, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);

    private DateTimes() {}

    /**
     * The moment that {@code text} names, to the nanosecond. An xsd:dateTime need not have an offset (RFC 7643 §2.3.5);
     * one without is UTC.
     *
     * @return empty where {@code text} is no dateTime in the years 1 to 9999 (UTC)
     */
    public static Optional<Instant> parse(String text) {
        Matcher dateTime = XSD_DATE_TIME.matcher(text);
        if (!dateTime.matches()) {
            return Optional.empty();
        }
        String withOffset = dateTime.group(OFFSET) == null ? text + "Z" : text;
        try {
            Instant instant = OffsetDateTime.parse(
                            BEYOND_NANOSECONDS.matcher(withOffset).replaceFirst("$1"))
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
