package dev.muster.audit;

import org.jspecify.annotations.Nullable;

/** What of a text goes into the log: bounded, and without what PostgreSQL does not take or a terminal would obey. */
final class LogText {

    private LogText() {}

    /** {@code text}, at most {@code longest} characters of it; null stays null. */
    static @Nullable String of(@Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        String bounded = text.length() <= longest ? text : text.substring(0, longest);
        for (int i = 0; i < bounded.length(); i++) {
            char c = bounded.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                return cleaned(bounded);
            }
        }
        return bounded;
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
