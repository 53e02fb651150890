package dev.muster.scim.filter;

/**
 * A piece of a filter or path.
 *
 * @param text the characters as written; of a {@link Kind#STRING} the value without quotes and escapes
 * @param position index of the first character in the source, from 0
 * @param end index after the last character
 */
record Token(Kind kind, String text, int position, int end) {

    /** Long enough for an attribute with an extension's URN in front. */
    private static final int LONGEST_SHOWN = 100;

    enum Kind {
        /** A run of characters that are neither space, quote nor bracket: names, operators, bare literals. */
        WORD,
        STRING,
        OPEN("("),
        CLOSE(")"),
        OPEN_VALUE("["),
        CLOSE_VALUE("]"),
        END;

        private final String symbol;

        Kind() {
            this("");
        }

        Kind(String symbol) {
            this.symbol = symbol;
        }

        /** The character that is the whole token; empty where the kind does not determine the text. */
        String symbol() {
            return symbol;
        }
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether this is the keyword, in any case. */
    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /** The text in a form that may stand in an error detail: short, and of characters that a name may have. */
    String shown() {
        return kind == Kind.WORD ? shown(text) : kind.symbol();
    }

    /** {@code text} shortened to 100 characters, what cannot be part of a name replaced by {@code ?}. */
    static String shown(String text) {
        String start = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
        return start.replaceAll("[^\\w.:$/…-]", "?");
    }
}
