package dev.muster.scim.filter;

import dev.muster.scim.schema.AttributeRef;
import java.util.List;

/**
 * A filter (RFC 7644 §3.4.2.2) whose attributes have been resolved and whose values have been checked against the
 * attribute's type.
 *
 * <p>Forms that mean the same have been made the same: a comparison with a complex attribute compares its {@code value}
 * sub-attribute, and Entra's {@code emails[type eq "work"].value eq "x"} is {@code emails[type eq "work" and value eq "x"]}.
 */
public sealed interface Filter {

    /**
     * {@code attribute operator value}; over a multi-valued attribute: at least one value compares so.
     *
     * <p>What RFC 7644 leaves open, decided once for every place that evaluates filters:
     * <ul>
     *   <li>{@code ne} is exactly {@code not (… eq …)}: it holds where there is no value, and over several values it holds
     *       when none of them is equal;
     *   <li>every other comparison is false where there is no value;
     *   <li>{@code eq null} is {@code not (… pr)} and {@code ne null} is {@code pr}; the reference is then the attribute as
     *       written, even a complex one;
     *   <li>text is compared folded by {@code CaseFolding} unless the attribute is caseExact, and ordered by code point;
     *   <li>a dateTime is compared as a moment; {@code co}, {@code sw}, {@code ew} look at its
     *       {@linkplain dev.muster.scim.schema.DateTimes#normalised normalised} text.
     * </ul>
     */
    record Comparison(AttributeRef attribute, Operator operator, Literal value) implements Filter {}

    /** {@code attribute pr}: it has a value. */
    record Present(AttributeRef attribute) implements Filter {}

    /** All of at least two. */
    record And(List<Filter> operands) implements Filter {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** One of at least two. */
    record Or(List<Filter> operands) implements Filter {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** The contrary. */
    record Not(Filter operand) implements Filter {}

    /**
     * {@code attribute[valueFilter]}: one value of the attribute meets the whole filter.
     *
     * @param attribute the complex or multi-valued attribute, without a sub-attribute
     * @param valueFilter its references are full references ({@code emails.type}, not {@code type}) to sub-attributes of
     *     {@code attribute}; for a multi-valued attribute that is not complex, {@code value} refers to the attribute itself
     */
    record ValuePath(AttributeRef attribute, Filter valueFilter) implements Filter {}

    /**
     * What holds for every resource of a type or for none: what is left of a filter over several types where one of them has
     * not the attribute. The grammar has no such form.
     */
    record Constant(boolean holds) implements Filter {
        public static final Constant TRUE = new Constant(true);
        public static final Constant FALSE = new Constant(false);
    }
}
