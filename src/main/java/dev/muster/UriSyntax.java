package dev.muster;

import java.util.BitSet;

/** The characters of a request's URI (RFC 3986 §2). */
final class UriSyntax {

    /** Those that are taken as they are; square brackets also in the query, where many clients leave them so. */
    private static final BitSet PLAIN = new BitSet();

    static {
        "-._~!$&'()*+,;=:@/?[]".chars().forEach(PLAIN::set);
        PLAIN.set('0', '9' + 1);
        PLAIN.set('A', 'Z' + 1);
        PLAIN.set('a', 'z' + 1);
    }

    private UriSyntax() {}

    /** Whether every character is allowed or percent-encoded. */
    static boolean isWellFormed(String uri) {
        int query = uri.indexOf('?');
        int endOfPath = query < 0 ? uri.length() : query;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                if (i + 2 >= uri.length() || !isHex(uri.charAt(i + 1)) || !isHex(uri.charAt(i + 2))) {
                    return false;
                }
                i += 2;
            } else if (!PLAIN.get(c) || (i < endOfPath && (c == '[' || c == ']'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 128;
    }
}
