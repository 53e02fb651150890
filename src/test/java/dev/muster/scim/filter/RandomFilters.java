package dev.muster.scim.filter;

import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes filters that a resource type allows; the same seed makes the same filters. */
public final class RandomFilters {

    private final Random random;
    private final List<AttributeRef> whole;
    private final Function<AttributeRef, String> texts;

    /**
     * @param texts a text literal for an attribute; small pools make filters that match
     */
    public RandomFilters(Random random, ResourceType type, Function<AttributeRef, String> texts) {
        this.random = random;
        this.texts = texts;
        this.whole = Stream.concat(
                        type.coreAttributes().map(attribute -> new AttributeRef(null, attribute, null)),
                        type.extensions().stream()
                                .map(ResourceType.SchemaExtension::schema)
                                .flatMap(RandomFilters::references))
                .filter(ref -> ref.attribute().mutability() != Mutability.WRITE_ONLY)
                .toList();
    }

    private static Stream<AttributeRef> references(Schema schema) {
        return schema.attributes().stream().map(attribute -> new AttributeRef(schema.id(), attribute, null));
    }

    /** A filter no deeper than {@code depth}. */
    public Filter next(int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(12)) {
            case 0, 1 -> new Filter.And(operands(() -> next(depth - 1)));
            case 2, 3 -> new Filter.Or(operands(() -> next(depth - 1)));
            case 4 -> new Filter.Not(next(depth - 1));
            case 5, 6 -> valuePath(depth - 1);
            default -> leaf(pick(whole), true);
        };
    }

    private Filter valuePath(int depth) {
        AttributeRef attribute = pick(whole.stream()
                .filter(ref -> ref.attribute().complex() || ref.attribute().multiValued())
                .toList());
        return new Filter.ValuePath(attribute, inside(attribute, Math.min(depth, 2)));
    }

    private Filter inside(AttributeRef attribute, int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(8)) {
            case 0, 1 -> new Filter.And(operands(() -> inside(attribute, depth - 1)));
            case 2 -> new Filter.Or(operands(() -> inside(attribute, depth - 1)));
            case 3 -> new Filter.Not(inside(attribute, depth - 1));
            default -> leaf(attribute, false);
        };
    }

    private Filter leaf(AttributeRef attribute, boolean wholeAllowed) {
        boolean complex = attribute.attribute().complex();
        if (complex && wholeAllowed && random.nextInt(5) == 0) {
            return new Filter.Present(attribute);
        }
        AttributeRef ref = complex ? attribute.sub(pick(attribute.attribute().subAttributes())) : attribute;
        if (random.nextInt(8) == 0) {
            return new Filter.Present(ref);
        }
        List<Operator> operators = operators(ref.target());
        Operator operator = pick(operators);
        if (random.nextInt(15) == 0) {
            return new Filter.Comparison(ref, random.nextBoolean() ? Operator.EQ : Operator.NE, new Literal.Null());
        }
        return new Filter.Comparison(ref, operator, literal(ref, operator));
    }

    private static List<Operator> operators(Attribute attribute) {
        return switch (attribute.type()) {
            case BOOLEAN -> List.of(Operator.EQ, Operator.NE);
            case INTEGER, DECIMAL ->
                List.of(Operator.EQ, Operator.NE, Operator.GT, Operator.GE, Operator.LT, Operator.LE);
            case BINARY -> List.of(Operator.EQ, Operator.NE, Operator.CO, Operator.SW, Operator.EW);
            case STRING, REFERENCE, DATE_TIME, COMPLEX -> List.of(Operator.values());
        };
    }

    private Literal literal(AttributeRef ref, Operator operator) {
        AttributeType type = ref.target().type();
        boolean substring = operator == Operator.CO || operator == Operator.SW || operator == Operator.EW;
        return switch (type) {
            case BOOLEAN -> new Literal.Bool(random.nextBoolean());
            case INTEGER, DECIMAL -> new Literal.Number(number());
            case DATE_TIME ->
                substring
                        ? new Literal.Text(pick(List.of("2011-", "T04", "Z", ".5", "00Z")))
                        : new Literal.DateTime(moment());
            case STRING, REFERENCE, BINARY, COMPLEX -> new Literal.Text(texts.apply(ref));
        };
    }

    /** One of a few numbers, some equal in value and different in scale. */
    public BigDecimal number() {
        return new BigDecimal(
                pick(List.of("0", "1", "-1", "1.0", "2", "2.50", "2.5", "100", "1E+2", "9007199254740993")));
    }

    /** One of a few moments. */
    public Instant moment() {
        return Instant.parse(pick(List.of(
                "2011-05-13T04:42:34Z",
                "2011-05-13T04:42:34.5Z",
                "2011-05-13T04:42:34.500000001Z",
                "2026-01-01T00:00:00Z")));
    }

    private List<Filter> operands(java.util.function.Supplier<Filter> operand) {
        return new ArrayList<>(IntStream.range(0, 2 + random.nextInt(2))
                .mapToObj(i -> operand.get())
                .toList());
    }

    /** One of {@code choices}. */
    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
