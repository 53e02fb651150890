package dev.muster.scim.filter;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Token.Kind;
import java.util.List;
import java.util.function.Function;

/** Hands out tokens one after the other. */
final class TokenReader {

    private final List<Token> tokens;
    private final Function<String, ScimException> failure;
    private int next;

    private TokenReader(List<Token> tokens, Function<String, ScimException> failure) {
        this.tokens = tokens;
        this.failure = failure;
    }

    /**
     * The tokens of {@code text}.
     *
     * @param failure makes the exception for what is wrong outside of value filters
     * @param what the name of the whole in error details
     */
    static TokenReader of(String text, FilterLimits limits, Function<String, ScimException> failure, String what) {
        if (text.length() > limits.maxLength()) {
            throw failure.apply("The %s is longer than %d characters.".formatted(what, limits.maxLength()));
        }
        return new TokenReader(Tokenizer.tokens(text), failure);
    }

    Token peek() {
        return tokens.get(next);
    }

    /** The next token, which is then behind us. */
    Token take() {
        Token token = tokens.get(next);
        if (!token.is(Kind.END)) {
            next++;
        }
        return token;
    }

    /** The next token, which must be of that kind. */
    Token expect(Kind kind, String expected) {
        Token token = peek();
        if (!token.is(kind)) {
            throw failure.apply(unexpected(token, expected));
        }
        return take();
    }

    /** What an error detail says about {@code token} standing where {@code expected} should. */
    static String unexpected(Token token, String expected) {
        return "Expected %s at character %d%s.".formatted(expected, token.position(), found(token));
    }

    private static String found(Token token) {
        return switch (token.kind()) {
            case END -> ", found the end";
            case STRING -> ", found a string";
            case WORD, OPEN, CLOSE, OPEN_VALUE, CLOSE_VALUE -> ", found '" + token.shown() + "'";
        };
    }
}
