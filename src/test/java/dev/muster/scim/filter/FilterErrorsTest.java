package dev.muster.scim.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterErrorsTest {

    private static final String CUSTOM = TestTypes.CUSTOM + ":";

    static String assertInvalidFilter(FilterParser parser, String text) {
        ScimException failure = assertThrows(ScimException.class, () -> parser.parse(text), text);
        assertEquals(400, failure.error().status());
        assertEquals(ScimType.INVALID_FILTER, failure.error().scimType());
        assertTrue(failure.error().detail().length() < 250, failure.error()::detail);
        return failure.error().detail();
    }

    private static FilterParser parser(Conformance conformance, FilterLimits limits) {
        return new FilterParser(TestTypes.USER, conformance, limits);
    }

    private static String detail(String text) {
        assertInvalidFilter(parser(Conformance.STRICT, FilterLimits.DEFAULT), text);
        return assertInvalidFilter(parser(Conformance.COMPAT, FilterLimits.DEFAULT), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            title regex "x"|The operator 'regex' at character 6 is not supported.
            title|Expected an operator at character 5, found the end.
            title eq|Expected a value at character 8, found the end.
            title pr and|Expected an attribute, 'not' or '(' at character 12, found the end.
            title pr title pr|Expected 'and', 'or' or the end of the filter at character 9, found 'title'.
            (title pr|Expected 'and', 'or' or ')' at character 9, found the end.
            title pr)|Expected 'and', 'or' or the end of the filter at character 8, found ')'.
            not title pr|Expected '(' at character 4, found 'title'.
            emails[type eq "work"|Expected 'and', 'or' or ']' at character 21, found the end.
            emails[type eq "work")|Expected 'and', 'or' or ']' at character 21, found ')'.
            nick eq "x"|There is no attribute 'nick' (character 0).
            title pr or name.nick pr|There is no attribute 'name.nick' (character 12).
            urn:unknown:User:title pr|There is no attribute 'urn:unknown:User:title' (character 0).
            emails[emails.type eq "x"]|There is no attribute 'emails.type' (character 7).
            emails[type eq "x"].nick eq "x"|There is no attribute '.nick' (character 19).
            password eq "x"|The attribute 'password' at character 0 cannot be read and so not filtered by.
            password pr|The attribute 'password' at character 0 cannot be read and so not filtered by.
            title eq "x|The string that begins at character 9 has no closing quote.
            title eq "a\\x"|The escape at character 11 is none of JSON: expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX.
            title eq "\\u12"|The escape at character 10 is incomplete: expected four hexadecimal digits after \\u.
            title eq "\\u0000"|The string at character 9 holds U+0000, which no attribute value can hold.
            title eq "\\ud83d"|The string at character 9 holds an unpaired surrogate.
            title eq 'x'|The value at character 9 must be a string in double quotes to compare 'title' with.
            active gt true|The operator 'gt' is not supported with a boolean attribute ('active').
            active co "t"|The operator 'co' is not supported with a boolean attribute ('active').
            active eq "yes"|The value at character 10 must be true or false to compare 'active' with.
            title gt null|The operator 'gt' is not supported with null ('title').
            name eq "x"|'name' has no value of its own: compare one of its sub-attributes, or use pr.
            name gt "x"|'name' has no value of its own: compare one of its sub-attributes, or use pr.
            x509Certificates.value gt "x"|The operator 'gt' is not supported with a binary attribute ('x509Certificates.value').
            meta.created gt "yesterday"|The value at character 16 must be a dateTime such as "2011-05-13T04:42:34Z" to compare 'meta.created' with.
            title[value eq "x"]|'title' has a single simple value and takes no value filter.
            """)
    void saysWhereAndWhatIsWrong(String text, String detail) {
        assertEquals(detail, detail(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "(",
                ")",
                "[",
                "]",
                "\"",
                ".",
                "and",
                "eq",
                "not",
                "not (",
                "not ()",
                "()",
                "title eq ()",
                "pr",
                "emails[]",
                "emails[type eq \"work\"]value",
                "emails.value[type eq \"x\"]",
                "emails[type[value pr]]",
                "title eq \"a\" \"b\"",
                "title. pr",
                ".title pr",
                "name.familyName.x pr",
                "title eq \"\u0001\"",
                "meta.created eq \"2011-13-01T00:00:00Z\"",
                "meta.created eq \"2011-02-30T00:00:00Z\"",
                "meta.created eq \"2011-05-13T04:42\"",
                "meta.created eq \"2011-05-13\"",
                "meta.created eq \"9999-12-31T23:59:59-14:00\"",
                "meta.created eq 5",
            })
    void refusesWhatIsNoFilter(String text) {
        detail(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "level eq \"x\"",
                "level co 5",
                "level eq 1e400",
                "level eq 0x10",
                "level eq 1.",
                "blob gt \"x\"",
                "ratio sw 1"
            })
    void refusesWhatTheTypeDoesNotHave(String comparison) {
        detail(CUSTOM + comparison);
    }

    @Test
    void echoesLittleAndOnlyHarmlessCharacters() {
        String detail = detail("<script>" + "x".repeat(3000) + " pr");
        assertEquals("There is no attribute '?script?" + "x".repeat(92) + "…' (character 0).", detail);
    }

    @Test
    void endsAtTheLimits() {
        assertEquals("The filter is longer than 4096 characters.", detail("title pr" + " ".repeat(4089)));
        assertEquals(
                "The filter is nested deeper than 20 at character 20.",
                detail("(".repeat(21) + "title pr" + ")".repeat(21)));
        assertEquals(
                "The filter has more than 200 comparisons (character 2400).",
                detail("title pr or ".repeat(200) + "title pr"));
    }

    @Test
    void hostileNestingMeetsAnErrorNotAStackOverflow() {
        FilterLimits longest = new FilterLimits(1_000_000, 100, 10_000);
        for (String nested : new String[] {"(", "not (", "not(not(", "emails[", "emails[(", "((title pr) or "}) {
            assertInvalidFilter(parser(Conformance.COMPAT, longest), nested.repeat(100_000 / nested.length()));
            assertInvalidFilter(parser(Conformance.COMPAT, FilterLimits.DEFAULT), nested.repeat(100_000));
        }
        assertInvalidFilter(parser(Conformance.COMPAT, longest), "(".repeat(100_000));
        assertInvalidFilter(parser(Conformance.COMPAT, longest), "not (".repeat(100_000));
        assertInvalidFilter(parser(Conformance.COMPAT, longest), "title pr or ".repeat(80_000));
    }
}
