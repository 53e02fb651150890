package dev.muster.scim.resource;

import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.Shown;
import java.util.Set;

/** What texts may hold and how long they may be. */
final class TextRules {

    /** For strings, in UTF-16 code units. */
    static final int MAX_LENGTH = 65_536;
    /** For binary values (a certificate, 1 MiB of bytes in base64) and references (a photo as a data URI). */
    static final int MAX_LARGE_LENGTH = 1_400_000;
    /** For the attributes that the database indexes as they are: a PostgreSQL index entry has at most 2,704 bytes. */
    static final int MAX_KEY_LENGTH = 512;

    private static final Set<String> KEYS = Set.of("userName", "externalId", "displayName");

    private TextRules() {}

    /** Refuses what cannot be stored or is too long. */
    static void check(Attribute attribute, String text, Place place) {
        int limit = limit(attribute);
        if (text.length() > limit) {
            throw place.invalid("must not be longer than " + limit + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw place.invalid("must not contain the NUL character (U+0000)");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw place.invalid("must not contain half of a surrogate pair");
                }
                i++;
            }
        }
    }

    /** Refuses a value that a closed list does not have. */
    static void checkListed(Attribute attribute, String text, Place place) {
        if (attribute.restrictToCanonicalValues() && !listed(attribute, text)) {
            throw place.invalid("must be one of " + list(attribute) + ", not \"" + Shown.of(text) + "\"");
        }
    }

    private static boolean listed(Attribute attribute, String text) {
        if (attribute.caseExact()) {
            return attribute.canonicalValues().contains(text);
        }
        String folded = CaseFolding.fold(text);
        return attribute.canonicalValues().stream()
                .anyMatch(value -> CaseFolding.fold(value).equals(folded));
    }

    private static String list(Attribute attribute) {
        int shown = 20;
        String listed = attribute.canonicalValues().stream()
                .limit(shown)
                .map(value -> "\"" + Shown.of(value) + "\"")
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        int more = attribute.canonicalValues().size() - shown;
        return more > 0 ? listed + " (and " + more + " more)" : listed;
    }

    private static int limit(Attribute attribute) {
        if (attribute.type() == AttributeType.STRING) {
            return KEYS.contains(attribute.name()) ? MAX_KEY_LENGTH : MAX_LENGTH;
        }
        return MAX_LARGE_LENGTH;
    }
}
