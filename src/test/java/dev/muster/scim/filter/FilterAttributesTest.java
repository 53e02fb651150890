package dev.muster.scim.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.scim.dialect.Conformance;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterAttributesTest {

    @Test
    void namesEachAttributeOnceInTheOrderOfTheFilter() {
        Filter filter = new FilterParser(TestTypes.USER, Conformance.STRICT, FilterLimits.DEFAULT)
                .parse("not (title pr) and (emails[type eq \"work\" and value ew \"x\"] or title eq \"y\""
                        + " or name.familyName ne null)");
        assertEquals(
                List.of("title", "emails.type", "emails.value", "name.familyName"),
                FilterAttributes.of(filter).stream().map(String::valueOf).toList());
    }

    @Test
    void aConstantLooksAtNothing() {
        assertEquals(List.of(), List.copyOf(FilterAttributes.of(Filter.Constant.TRUE)));
    }
}
