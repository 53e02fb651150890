package dev.muster.scim.filter;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ResourceType;

/**
 * Reads filters (RFC 7644 §3.4.2.2) over the resources of one type. Immutable.
 *
 * <p>In {@link Conformance#COMPAT} a literal need not be of the attribute's type where its meaning is plain: a bare word or
 * number for a string ({@code externalId eq jyoung}), {@code "True"} for a boolean.
 */
public final class FilterParser {

    private final Names names;
    private final Comparisons comparisons;
    private final FilterLimits limits;

    public FilterParser(ResourceType type, Conformance conformance, FilterLimits limits) {
        this(new AttributeNames(type, conformance), conformance, limits);
    }

    FilterParser(Names names, Conformance conformance, FilterLimits limits) {
        this.names = names;
        this.comparisons = new Comparisons(conformance);
        this.limits = limits;
    }

    /**
     * The filter that {@code text} means.
     *
     * @throws ScimException 400 {@code invalidFilter}: not the grammar, an attribute that is unknown or never returned, an
     *     operator or literal that the attribute's type does not have, or beyond the limits
     */
    public Filter parse(String text) {
        TokenReader tokens = TokenReader.of(text, limits, ScimException::invalidFilter, "filter");
        Filter filter = new FilterGrammar(tokens, names, comparisons, limits).filter();
        tokens.expect(Token.Kind.END, "'and', 'or' or the end of the filter");
        return filter;
    }
}
