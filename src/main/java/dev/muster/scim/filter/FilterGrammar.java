package dev.muster.scim.filter;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Token.Kind;
import dev.muster.scim.schema.AttributeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code FILTER} and {@code valFilter} of RFC 7644 §3.4.2.2 by recursive descent; recursion is counted and bounded
 * by {@link FilterLimits#maxDepth}.
 */
final class FilterGrammar {

    private final TokenReader tokens;
    private final Names names;
    private final Comparisons comparisons;
    private final FilterLimits limits;
    private @Nullable AttributeRef parent;
    private int depth;
    private int nodes;

    FilterGrammar(TokenReader tokens, Names names, Comparisons comparisons, FilterLimits limits) {
        this.tokens = tokens;
        this.names = names;
        this.comparisons = comparisons;
        this.limits = limits;
    }

    /** {@code FILTER}. */
    Filter filter() {
        return chain("or", this::conjunction, Filter.Or::new);
    }

    /** {@code "[" valFilter "]"} over the values of {@code attribute}. */
    Filter valueFilter(AttributeRef attribute) {
        Token open = tokens.peek();
        if (parent != null || attribute.subAttribute() != null) {
            throw ScimException.invalidFilter(
                    "A value filter cannot stand at character %d: only an attribute that is not "
                                    .formatted(open.position())
                            + "itself a sub-attribute has one.");
        }
        if (!attribute.attribute().complex() && !attribute.attribute().multiValued()) {
            throw ScimException.invalidFilter("'%s' has a single simple value and takes no value filter."
                    .formatted(Token.shown(attribute.toString())));
        }
        countNode(open);
        parent = attribute;
        Filter filter = nested(Kind.OPEN_VALUE, Kind.CLOSE_VALUE);
        parent = null;
        return filter;
    }

    private Filter conjunction() {
        return chain("and", this::term, Filter.And::new);
    }

    private Filter chain(String keyword, Supplier<Filter> operand, Function<List<Filter>, Filter> chained) {
        Filter first = operand.get();
        if (!tokens.peek().isWord(keyword)) {
            return first;
        }
        List<Filter> operands = new ArrayList<>(List.of(first));
        while (tokens.peek().isWord(keyword)) {
            tokens.take();
            operands.add(operand.get());
        }
        return chained.apply(operands);
    }

    private Filter term() {
        Token token = tokens.peek();
        if (token.is(Kind.OPEN)) {
            return nested(Kind.OPEN, Kind.CLOSE);
        }
        if (token.isWord("not")) {
            tokens.take();
            return new Filter.Not(nested(Kind.OPEN, Kind.CLOSE));
        }
        if (!token.is(Kind.WORD)) {
            throw ScimException.invalidFilter(TokenReader.unexpected(token, "an attribute, 'not' or '('"));
        }
        return expression(tokens.take());
    }

    private Filter nested(Kind open, Kind close) {
        Token opening = expect(open, "'" + open.symbol() + "'");
        if (++depth > limits.maxDepth()) {
            throw ScimException.invalidFilter("The filter is nested deeper than %d at character %d."
                    .formatted(limits.maxDepth(), opening.position()));
        }
        Filter inner = filter();
        expect(close, "'and', 'or' or '" + close.symbol() + "'");
        depth--;
        return inner;
    }

    private Filter expression(Token name) {
        AttributeRef attribute = attribute(name);
        return tokens.peek().is(Kind.OPEN_VALUE) ? valuePath(attribute) : comparison(attribute, name);
    }

    /** {@code attribute[filter]}, and {@code attribute[filter].sub op value}, which means a further condition inside. */
    private Filter valuePath(AttributeRef attribute) {
        Filter filter = valueFilter(attribute);
        Token behind = tokens.peek();
        if (!behind.is(Kind.WORD) || !behind.text().startsWith(".")) {
            return new Filter.ValuePath(attribute, filter);
        }
        tokens.take();
        AttributeRef sub = element(attribute, behind.text().substring(1)).orElseThrow(() -> unknown(behind));
        List<Filter> all = new ArrayList<>(filter instanceof Filter.And and ? and.operands() : List.of(filter));
        all.add(comparison(readable(sub, behind), behind));
        return new Filter.ValuePath(attribute, new Filter.And(all));
    }

    private Filter comparison(AttributeRef attribute, Token name) {
        countNode(name);
        Token word = tokens.peek();
        if (!word.is(Kind.WORD)) {
            throw ScimException.invalidFilter(TokenReader.unexpected(word, "an operator"));
        }
        tokens.take();
        if (word.isWord("pr")) {
            return new Filter.Present(attribute);
        }
        Operator operator = Operator.of(word.text())
                .orElseThrow(() -> ScimException.invalidFilter("The operator '%s' at character %d is not supported."
                        .formatted(word.shown(), word.position())));
        Token literal = tokens.peek();
        if (!literal.is(Kind.WORD) && !literal.is(Kind.STRING)) {
            throw ScimException.invalidFilter(TokenReader.unexpected(literal, "a value"));
        }
        return comparisons.comparison(attribute, operator, tokens.take());
    }

    private AttributeRef attribute(Token name) {
        AttributeRef of = parent;
        Optional<AttributeRef> found = of == null ? names.resolve(name.text()) : element(of, name.text());
        return readable(found.orElseThrow(() -> unknown(name)), name);
    }

    /** What {@code name} means for a value of {@code attribute}; {@code value} is a simple value itself (RFC 7643 §2.4). */
    private Optional<AttributeRef> element(AttributeRef attribute, String name) {
        if (attribute.attribute().complex()) {
            return names.subAttribute(attribute, name);
        }
        return name.equalsIgnoreCase("value") ? Optional.of(attribute) : Optional.empty();
    }

    private static AttributeRef readable(AttributeRef attribute, Token name) {
        if (!attribute.attribute().readable() || !attribute.target().readable()) {
            throw ScimException.invalidFilter(
                    "The attribute '%s' at character %d cannot be read and so not filtered by."
                            .formatted(name.shown(), name.position()));
        }
        return attribute;
    }

    private static ScimException unknown(Token name) {
        return ScimException.invalidFilter(
                "There is no attribute '%s' (character %d).".formatted(name.shown(), name.position()));
    }

    private Token expect(Kind kind, String expected) {
        if (!tokens.peek().is(kind)) {
            throw ScimException.invalidFilter(TokenReader.unexpected(tokens.peek(), expected));
        }
        return tokens.take();
    }

    private void countNode(Token at) {
        if (++nodes > limits.maxNodes()) {
            throw ScimException.invalidFilter("The filter has more than %d comparisons (character %d)."
                    .formatted(limits.maxNodes(), at.position()));
        }
    }
}
