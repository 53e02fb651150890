package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.Literal;
import dev.muster.scim.filter.Operator;
import dev.muster.scim.filter.Path;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Paths of every form that a type has: attributes, sub-attributes, value filters. */
final class RandomPaths {

    private final Random random;
    private final RandomValues values;
    private final List<AttributeRef> attributes = new ArrayList<>();

    RandomPaths(Random random, ResourceType type) {
        this.random = random;
        this.values = new RandomValues(random);
        type.schema().attributes().forEach(attribute -> attributes.add(new AttributeRef(null, attribute, null)));
        type.extensions()
                .forEach(extension -> extension
                        .schema()
                        .attributes()
                        .forEach(attribute -> attributes.add(
                                new AttributeRef(extension.schema().id(), attribute, null))));
    }

    List<AttributeRef> attributes() {
        return attributes;
    }

    Path.OfAttribute next() {
        AttributeRef whole = attributes.get(random.nextInt(attributes.size()));
        Attribute attribute = whole.attribute();
        boolean filtered = random.nextInt(2) == 0 && (attribute.complex() || attribute.multiValued());
        AttributeRef target = attribute.complex() && random.nextInt(2) == 0 ? sub(whole) : whole;
        return new Path.OfAttribute(target, filtered ? filter(whole) : null);
    }

    private AttributeRef sub(AttributeRef whole) {
        List<Attribute> subs = whole.attribute().subAttributes();
        return whole.sub(subs.get(random.nextInt(subs.size())));
    }

    private Filter filter(AttributeRef whole) {
        return switch (random.nextInt(10)) {
            case 0 -> new Filter.Not(term(whole));
            case 1 -> new Filter.Or(List.of(term(whole), term(whole)));
            case 2, 3 -> new Filter.And(List.of(term(whole), term(whole)));
            default -> term(whole);
        };
    }

    private Filter term(AttributeRef whole) {
        AttributeRef reference = whole.attribute().complex() ? sub(whole) : whole;
        int kind = random.nextInt(10);
        if (kind == 0) {
            return new Filter.Present(reference);
        }
        return new Filter.Comparison(reference, kind == 1 ? Operator.NE : Operator.EQ, literal(reference.target()));
    }

    private Literal literal(Attribute attribute) {
        @Nullable JsonNode value = random.nextInt(12) == 0 ? null : values.simple(attribute);
        if (value == null) {
            return new Literal.Null();
        }
        if (value.isBoolean()) {
            return new Literal.Bool(value.booleanValue());
        }
        return value.isNumber() ? new Literal.Number(value.decimalValue()) : new Literal.Text(value.textValue());
    }
}
