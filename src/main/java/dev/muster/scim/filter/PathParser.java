package dev.muster.scim.filter;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.filter.Token.Kind;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code path} of a PATCH operation (RFC 7644 §3.5.2, figure 7) for resources of one type. Immutable. */
public final class PathParser {

    /** {@code attrPath} of RFC 7644 §3.5.2, figure 7. */
    private static final Pattern ATTRIBUTE = Pattern.compile("(.+:)?[A-Za-z$][\\w$-]*(\\.[A-Za-z$][\\w$-]*)?");

    private final AttributeNames names;
    private final boolean strict;
    private final Comparisons comparisons;
    private final FilterLimits limits;

    public PathParser(ResourceType type, Conformance conformance, FilterLimits limits) {
        this.names = new AttributeNames(type, conformance);
        this.comparisons = new Comparisons(conformance);
        this.limits = limits;
        this.strict = conformance == Conformance.STRICT;
    }

    /**
     * What {@code text} means.
     *
     * @throws ScimException 400 {@code invalidPath}: not the grammar, an unknown attribute, or too long; 400
     *     {@code invalidFilter}: what is wrong stands in the value filter (RFC 7644 table 9). In {@code STRICT} an unknown
     *     attribute is 400 {@code invalidSyntax}, as the SCIM 2.0 Interoperability Profile wants it everywhere in a body
     */
    public Path parse(String text) {
        return switch (reading(text)) {
            case Meant meant -> meant.path();
            case Unknown unknown -> throw unknown(unknown.name(), unknown.from());
        };
    }

    /**
     * What {@code text} means; empty where there is no such attribute. The rest of such a path is not looked at.
     *
     * @throws ScimException as {@link #parse}, for everything else
     */
    public Optional<Path> find(String text) {
        return switch (reading(text)) {
            case Meant meant -> Optional.of(meant.path());
            case Unknown unknown -> Optional.empty();
        };
    }

    private sealed interface Reading {}

    private record Meant(Path path) implements Reading {}

    /** @param from where the name begins in the token */
    private record Unknown(Token name, int from) implements Reading {}

    private Reading reading(String text) {
        TokenReader tokens = TokenReader.of(text, limits, ScimException::invalidPath, "path");
        Token name = tokens.expect(Kind.WORD, "an attribute");
        Optional<Schema> schema = names.schema(name.text());
        Reading reading = schema.isPresent() ? new Meant(new Path.OfSchema(schema.get())) : attributePath(name, tokens);
        if (reading instanceof Meant) {
            tokens.expect(Kind.END, "the end of the path");
        }
        return reading;
    }

    private Reading attributePath(Token name, TokenReader tokens) {
        Optional<AttributeRef> attribute = names.resolve(name.text());
        if (attribute.isEmpty()) {
            return new Unknown(name, 0);
        }
        if (!tokens.peek().is(Kind.OPEN_VALUE)) {
            return new Meant(new Path.OfAttribute(attribute.get(), null));
        }
        Filter filter = new FilterGrammar(tokens, names, comparisons, limits).valueFilter(attribute.get());
        Token behind = tokens.peek();
        if (!behind.is(Kind.WORD) || !behind.text().startsWith(".")) {
            return new Meant(new Path.OfAttribute(attribute.get(), filter));
        }
        tokens.take();
        return names.subAttribute(attribute.get(), behind.text().substring(1))
                .<Reading>map(sub -> new Meant(new Path.OfAttribute(sub, filter)))
                .orElseGet(() -> new Unknown(behind, 1));
    }

    private ScimException unknown(Token name, int from) {
        String hint = name.text().startsWith("/")
                ? " A SCIM path is no JSON Pointer: write name.givenName, not /name/givenName."
                : "";
        boolean undefined =
                strict && ATTRIBUTE.matcher(name.text().substring(from)).matches();
        return ScimException.of(
                undefined ? ScimType.INVALID_SYNTAX : ScimType.INVALID_PATH,
                "There is no attribute '%s' (character %d).%s".formatted(name.shown(), name.position(), hint));
    }
}
