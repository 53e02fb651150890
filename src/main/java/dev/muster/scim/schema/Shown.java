package dev.muster.scim.schema;

/** Client input as an error detail shows it: at most 100 characters, without control characters. */
public final class Shown {

    private static final int LIMIT = 100;

    private Shown() {}

    /** {@code input}, shortened to 100 characters and with control characters and lone surrogates replaced by {@code ?}. */
    public static String of(String input) {
        StringBuilder shown = new StringBuilder(Math.min(input.length(), LIMIT + 1));
        int shownCharacters = 0;
        for (int i = 0; i < input.length(); ) {
            if (shownCharacters++ == LIMIT) {
                return shown.append('…').toString();
            }
            int character = input.codePointAt(i);
            boolean printable =
                    !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
            shown.appendCodePoint(printable ? character : '?');
            i += Character.charCount(character);
        }
        return shown.toString();
    }
}
