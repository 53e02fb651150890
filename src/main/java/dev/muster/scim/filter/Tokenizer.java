package dev.muster.scim.filter;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits a filter or path into tokens; strings are JSON strings (RFC 8259 §7). */
final class Tokenizer {

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    private Tokenizer(String source) {
        this.source = source;
    }

    /** The tokens of {@code source}, the last one being {@link Kind#END}. */
    static List<Token> tokens(String source) {
        Tokenizer tokenizer = new Tokenizer(source);
        while (tokenizer.next < source.length()) {
            tokenizer.read();
        }
        tokenizer.add(Kind.END, "", source.length());
        return tokenizer.tokens;
    }

    private void read() {
        char c = source.charAt(next);
        switch (c) {
            case ' ', '\t', '\n', '\r' -> next++;
            case '(' -> symbol(Kind.OPEN);
            case ')' -> symbol(Kind.CLOSE);
            case '[' -> symbol(Kind.OPEN_VALUE);
            case ']' -> symbol(Kind.CLOSE_VALUE);
            case '"' -> string();
            default -> word();
        }
    }

    private void symbol(Kind kind) {
        int start = next++;
        add(kind, kind.symbol(), start);
    }

    private void word() {
        int start = next;
        while (next < source.length() && " \t\n\r()[]\"".indexOf(source.charAt(next)) < 0) {
            next++;
        }
        add(Kind.WORD, source.substring(start, next), start);
    }

    private void string() {
        int start = next++;
        StringBuilder value = new StringBuilder();
        while (true) {
            if (next >= source.length()) {
                throw ScimException.invalidFilter(
                        "The string that begins at character %d has no closing quote.".formatted(start));
            }
            char c = source.charAt(next++);
            if (c == '"') {
                break;
            }
            if (c < ' ') {
                throw ScimException.invalidFilter(
                        "Character %d is a control character: write it as an escape.".formatted(next - 1));
            }
            value.append(c == '\\' ? escape() : c);
        }
        add(Kind.STRING, checked(value.toString(), start), start);
    }

    private char escape() {
        int at = next - 1;
        char c = next < source.length() ? source.charAt(next++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode(at);
            default ->
                throw ScimException.invalidFilter(
                        "The escape at character %d is none of JSON: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX."
                                .formatted(at));
        };
    }

    private char unicode(int at) {
        int value = 0;
        for (int digit = 0; digit < 4; digit++) {
            char c = next < source.length() ? source.charAt(next++) : ' ';
            int hex = c < 128 ? Character.digit(c, 16) : -1;
            if (hex < 0) {
                throw ScimException.invalidFilter(
                        "The escape at character %d is incomplete: expected four hexadecimal digits after \\u."
                                .formatted(at));
            }
            value = value * 16 + hex;
        }
        return (char) value;
    }

    /** No stored value can hold NUL or half a surrogate pair, and PostgreSQL takes neither as a parameter. */
    private static String checked(String value, int start) {
        if (value.indexOf('\0') >= 0) {
            throw ScimException.invalidFilter(
                    "The string at character %d holds U+0000, which no attribute value can hold.".formatted(start));
        }
        if (value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw ScimException.invalidFilter(
                    "The string at character %d holds an unpaired surrogate.".formatted(start));
        }
        return value;
    }

    private void add(Kind kind, String text, int start) {
        tokens.add(new Token(kind, text, start, next));
    }
}
