package dev.muster.scim.filter;

import static dev.muster.scim.Json.json;
import static dev.muster.scim.SampleTypes.core;
import static dev.muster.scim.SampleTypes.extension;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.SampleTypes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilterEvaluatorTest {

    private static final JsonNode DOCUMENT =
            json("""
            {"schemas":["%s","%s"], "userName":"BJensen", "serial":"aB", "active":true, "count":10, "weight":1.50,
             "builtAt":"2011-05-13T04:42:34Z", "tags":["Red","blue"], "sizes":[1,5], "title":"",
             "name":{"givenName":"Barbara"},
             "emails":[{"type":"work","value":"b@example.com","primary":true},{"type":"home","value":"babs@jensen.org"}],
             "origin":{"marks":["x","Y"]},
             "%s":{"employeeNumber":"701984","manager":{"value":"26118915"}}}
            """.formatted(SampleTypes.CORE, SampleTypes.EXTENSION, SampleTypes.EXTENSION));

    @ParameterizedTest
    @CsvSource({
        "userName, EQ, bjENSEN, true",
        "userName, EQ, bjensen2, false",
        "userName, NE, bjensen, false",
        "userName, CO, JEN, true",
        "userName, CO, x, false",
        "userName, SW, bJ, true",
        "userName, SW, J, false",
        "userName, EW, SEN, true",
        "userName, EW, bj, false",
        "userName, GT, BJENSEM, true",
        "userName, GT, BJENSEN, false",
        "userName, GE, BJENSEN, true",
        "userName, LT, BJENSEN, false",
        "userName, LE, BJENSEN, true",
        "userName, LT, c, true",
        "serial, EQ, aB, true",
        "serial, EQ, ab, false",
        "serial, CO, b, false",
        "serial, SW, A, false",
        "serial, GT, aA, true",
        "serial, GT, ab, false",
        "tags, EQ, RED, true",
        "tags, EQ, green, false",
        "tags, NE, red, false",
        "tags, NE, green, true",
        "name.givenName, EQ, barbara, true",
        "name.familyName, EQ, x, false",
        "name.familyName, NE, x, true",
        "name.familyName, LT, x, false",
        "name.familyName, GE, x, false",
        "name.familyName, CO, x, false",
        "emails.value, EQ, BABS@jensen.org, true",
        "emails.value, EW, .org, true",
        "emails.display, EQ, x, false",
        "origin.marks, EQ, y, true",
        "origin.marks, EQ, z, false",
        "title, EQ, '', true"
    })
    void comparesTextByTheAttributesCaseRule(String path, Operator operator, String literal, boolean expected) {
        assertEquals(expected, compare(path, operator, new Literal.Text(literal)));
    }

    @ParameterizedTest
    @CsvSource({
        "count, EQ, 10.0, true",
        "count, EQ, 11, false",
        "count, NE, 11, true",
        "count, GT, 9, true",
        "count, GT, 10, false",
        "count, GE, 10, true",
        "count, LT, 10, false",
        "count, LT, 10.5, true",
        "count, LE, 9, false",
        "weight, EQ, 1.5, true",
        "weight, EQ, 1.500, true",
        "weight, GT, 1.49, true",
        "sizes, EQ, 5, true",
        "sizes, EQ, 3, false",
        "sizes, GT, 4, true",
        "sizes, LT, 1, false"
    })
    void comparesNumbersByValue(String path, Operator operator, BigDecimal literal, boolean expected) {
        assertEquals(expected, compare(path, operator, new Literal.Number(literal)));
    }

    @ParameterizedTest
    @CsvSource({
        "EQ, 2011-05-13T04:42:34Z, true", "NE, 2011-05-13T04:42:34Z, false", "EQ, 2011-05-13T04:42:34.001Z, false",
        "GT, 2011-05-13T04:42:33Z, true", "GE, 2011-05-13T04:42:34Z, true", "LT, 2011-05-13T04:42:34Z, false",
        "LE, 2011-05-13T04:42:34Z, true", "LT, 2012-01-01T00:00:00Z, true"
    })
    void comparesDateTimesByInstant(Operator operator, Instant literal, boolean expected) {
        for (String written : List.of("2011-05-13T04:42:34Z", "2011-05-13T06:42:34.000+02:00")) {
            Filter filter = new Filter.Comparison(core("builtAt"), operator, new Literal.DateTime(literal));
            assertEquals(expected, FilterEvaluator.matches(filter, json("{\"builtAt\":\"" + written + "\"}")), written);
        }
    }

    @Test
    void searchesDateTimesInTheirNormalForm() {
        assertTrue(compare("builtAt", Operator.SW, new Literal.Text("2011-05-13t04")));
        assertTrue(compare("builtAt", Operator.EW, new Literal.Text(":34.000000000Z")));
        assertFalse(compare("builtAt", Operator.SW, new Literal.Text("2012")));
    }

    @Test
    void comparesBooleans() {
        assertTrue(compare("active", Operator.EQ, new Literal.Bool(true)));
        assertFalse(compare("active", Operator.EQ, new Literal.Bool(false)));
        assertTrue(compare("active", Operator.NE, new Literal.Bool(false)));
        assertTrue(compare("emails.primary", Operator.EQ, new Literal.Bool(true)));
        assertFalse(compare("emails.primary", Operator.EQ, new Literal.Bool(false)));
    }

    @ParameterizedTest
    @EnumSource(value = Operator.class, names = "NE", mode = EnumSource.Mode.EXCLUDE)
    void comparesNothingWithAnAbsentValueExceptByNe(Operator operator) {
        assertFalse(FilterEvaluator.matches(
                new Filter.Comparison(core("title"), operator, new Literal.Text("")), json("{}")));
        assertFalse(FilterEvaluator.matches(
                new Filter.Comparison(core("count"), operator, new Literal.Number(BigDecimal.ZERO)), json("{}")));
    }

    @ParameterizedTest
    @CsvSource({
        "userName, true", "title, false", "maker, false", "name, true", "name.givenName, true",
                "name.familyName, false",
        "emails, true", "emails.primary, true", "emails.display, false", "tags, true", "codes, false", "active, true"
    })
    void presentMeansANonEmptyValueAndEqNullItsContrary(String path, boolean expected) {
        assertEquals(expected, FilterEvaluator.matches(new Filter.Present(core(path)), DOCUMENT));
        assertEquals(!expected, compare(path, Operator.EQ, new Literal.Null()));
        assertEquals(expected, compare(path, Operator.NE, new Literal.Null()));
    }

    @Test
    void findsExtensionAttributes() {
        assertTrue(FilterEvaluator.matches(
                new Filter.Comparison(extension("employeeNumber"), Operator.EQ, new Literal.Text("701984")), DOCUMENT));
        assertTrue(FilterEvaluator.matches(
                new Filter.Comparison(extension("manager.value"), Operator.EQ, new Literal.Text("26118915")),
                DOCUMENT));
        assertFalse(FilterEvaluator.matches(new Filter.Present(extension("department")), DOCUMENT));
        assertFalse(FilterEvaluator.matches(new Filter.Present(extension("department")), json("{}")));
    }

    @Test
    void combinesByAndOrNot() {
        Filter yes = new Filter.Present(core("userName"));
        Filter no = new Filter.Present(core("maker"));
        assertTrue(FilterEvaluator.matches(new Filter.And(List.of(yes, yes)), DOCUMENT));
        assertFalse(FilterEvaluator.matches(new Filter.And(List.of(yes, no)), DOCUMENT));
        assertTrue(FilterEvaluator.matches(new Filter.Or(List.of(no, yes)), DOCUMENT));
        assertFalse(FilterEvaluator.matches(new Filter.Or(List.of(no, no)), DOCUMENT));
        assertTrue(FilterEvaluator.matches(new Filter.Not(no), DOCUMENT));
        assertFalse(FilterEvaluator.matches(new Filter.Not(yes), DOCUMENT));
    }

    @Test
    void oneValueMustMeetTheWholeValueFilter() {
        assertTrue(FilterEvaluator.matches(emails("work", "b@example.com"), DOCUMENT));
        assertFalse(FilterEvaluator.matches(emails("home", "b@example.com"), DOCUMENT));
        assertFalse(FilterEvaluator.matches(emails("work", "b@example.com"), json("{}")));
    }

    @Test
    void valueMeansTheElementOfASimpleAttribute() {
        Filter red = new Filter.Comparison(core("tags"), Operator.EQ, new Literal.Text("red"));
        assertTrue(FilterEvaluator.matchesElement(red, json("\"RED\"")));
        assertFalse(FilterEvaluator.matchesElement(red, json("\"blue\"")));
        assertTrue(FilterEvaluator.matches(new Filter.ValuePath(core("tags"), red), DOCUMENT));
        assertTrue(FilterEvaluator.matches(new Filter.ValuePath(core("tags"), new Filter.Not(red)), DOCUMENT));
    }

    @Test
    void neOnOneElementIsNotEqOnThatElement() {
        Filter notWork = new Filter.Comparison(core("emails.type"), Operator.NE, new Literal.Text("work"));
        assertFalse(FilterEvaluator.matchesElement(notWork, json("{\"type\":\"Work\"}")));
        assertTrue(FilterEvaluator.matchesElement(notWork, json("{\"value\":\"x\"}")));
    }

    @Test
    void ordersByCodePointAsUtf8BytesDo() {
        List<String> texts = List.of(
                "", "a", "ab", "b", "ÿ", "\uD7FF", "\uE000", "\uFFFD", "😀", "😁", "\uD83D\uDE00a", "a😀", "a\uFFFD");
        for (String left : texts) {
            for (String right : texts) {
                int expected = Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
                assertEquals(
                        Integer.signum(expected),
                        Integer.signum(FilterEvaluator.compareCodePoints(left, right)),
                        left + " ? " + right);
            }
        }
        assertTrue(FilterEvaluator.matches(
                new Filter.Comparison(core("serial"), Operator.GT, new Literal.Text("\uFFFD")),
                json("{\"serial\":\"😀\"}")));
    }

    private static Filter emails(String type, String value) {
        return new Filter.ValuePath(
                core("emails"),
                new Filter.And(List.of(
                        new Filter.Comparison(core("emails.type"), Operator.EQ, new Literal.Text(type)),
                        new Filter.Comparison(core("emails.value"), Operator.EQ, new Literal.Text(value)))));
    }

    private static boolean compare(String path, Operator operator, Literal literal) {
        return FilterEvaluator.matches(new Filter.Comparison(core(path), operator, literal), DOCUMENT);
    }
}
