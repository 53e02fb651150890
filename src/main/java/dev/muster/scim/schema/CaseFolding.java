package dev.muster.scim.schema;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The one rule by which strings are compared where {@code caseExact} is false: in uniqueness, filters, sorting and
 * canonical values alike. Canonical composition (NFC), then lower, upper and lower case by the root locale, so that
 * characters whose capital is shared ({@code ß}/{@code ẞ}/{@code SS}, final sigma) meet (RFC 7644 §5, RFC 8265 §3.3
 * UsernameCaseMapped).
 */
public final class CaseFolding {

    private CaseFolding() {}

    /** {@code value} in the form that equal strings share; idempotent. */
    public static String fold(String value) {
        if (isFoldedAscii(value)) {
            return value;
        }
        String composed = Normalizer.normalize(value, Normalizer.Form.NFC);
        String folded =
                composed.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded.replace('ς', 'σ'), Normalizer.Form.NFC);
    }

    private static boolean isFoldedAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 127 || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
