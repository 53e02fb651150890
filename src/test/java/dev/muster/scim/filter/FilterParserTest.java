package dev.muster.scim.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.scim.dialect.Conformance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterParserTest {

    private static final FilterParser COMPAT = parser(Conformance.COMPAT);
    private static final FilterParser STRICT = parser(Conformance.STRICT);

    private static FilterParser parser(Conformance conformance) {
        return new FilterParser(TestTypes.USER, conformance, FilterLimits.DEFAULT);
    }

    /** RFC 7644 §3.4.2.2, figure 2, in its order; the right side is what it means, written out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            userName eq "bjensen"|userName eq "bjensen"
            name.familyName co "O'Malley"|name.familyName co "O'Malley"
            userName sw "J"|userName sw "J"
            urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"|userName sw "J"
            title pr|title pr
            meta.lastModified gt "2011-05-13T04:42:34Z"|meta.lastModified gt "2011-05-13T04:42:34Z"
            meta.lastModified ge "2011-05-13T04:42:34Z"|meta.lastModified ge "2011-05-13T04:42:34Z"
            meta.lastModified lt "2011-05-13T04:42:34Z"|meta.lastModified lt "2011-05-13T04:42:34Z"
            meta.lastModified le "2011-05-13T04:42:34Z"|meta.lastModified le "2011-05-13T04:42:34Z"
            title pr and userType eq "Employee"|title pr and userType eq "Employee"
            title pr or userType eq "Intern"|title pr or userType eq "Intern"
            schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"|schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
            userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")|userType eq "Employee" and (emails.value co "example.com" or emails.value co "example.org")
            userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")|userType ne "Employee" and not (emails.value co "example.com" or emails.value co "example.org")
            userType eq "Employee" and (emails.type eq "work")|userType eq "Employee" and emails.type eq "work"
            userType eq "Employee" and emails[type eq "work" and value co "@example.com"]|userType eq "Employee" and emails[type eq "work" and value co "@example.com"]
            emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]|emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]
            """)
    void readsTheExamplesOfTheRfc(String text, String meaning) {
        assertEquals(meaning, FilterText.of(STRICT.parse(text)));
        assertEquals(meaning, FilterText.of(COMPAT.parse(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            title pr or title pr and title pr|title pr or title pr and title pr
            (title pr or title pr) and title pr|(title pr or title pr) and title pr
            not (title pr) and title pr|not (title pr) and title pr
            not (title pr and title pr)|not (title pr and title pr)
            NOT(TITLE PR) AnD userNAME Eq "x"|not (title pr) and userName eq "x"
            ((title pr))|title pr
            emails[not (type eq "work") and value pr]|emails[not (type eq "work") and value pr]
            emails[(type eq "work" or type eq "home") and value pr]|emails[(type eq "work" or type eq "home") and value pr]
            emails[type eq "work"].value eq "x"|emails[type eq "work" and value eq "x"]
            emails[type eq "work" or primary eq true].value pr|emails[(type eq "work" or primary eq true) and value pr]
            emails[type eq "work" and primary eq true].value co "x" or title pr|emails[type eq "work" and primary eq true and value co "x"] or title pr
            name[familyName eq "x"]|name[familyName eq "x"]
            emails pr|emails pr
            name eq null|name eq null
            title eq null|title eq null
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "5"|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "5"
            URN:IETF:params:SCIM:schemas:extension:enterprise:2.0:user:MANAGER.displayname eq "5"|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName eq "5"
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.more:rank eq "5"|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.more:rank eq "5"
            urn:example:it's:1.0:User:tags[value eq "a"]|urn:example:it's:1.0:User:tags[value eq "a"]
            urn:example:it's:1.0:User:level ge -12.50e2|urn:example:it's:1.0:User:level ge -1250
            groups.$ref eq "x"|groups.$ref eq "x"
            """)
    void meansTheSameInBothModes(String text, String meaning) {
        assertEquals(meaning, FilterText.of(STRICT.parse(text)).replace("-1.250E+3", "-1250"));
        assertEquals(STRICT.parse(text), COMPAT.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            externalId eq jyoung|externalId eq "jyoung"
            externalId eq j.young+1@example.com|externalId eq "j.young+1@example.com"
            externalId eq 007|externalId eq "007"
            externalId eq true|externalId eq "true"
            active eq "True"|active eq true
            active eq FALSE|active eq false
            roles[primary eq "True"]|roles[primary eq true]
            title eq NULL|title eq null
            urn:example:it's:1.0:User:level eq "5"|urn:example:it's:1.0:User:level eq 5
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department eq "x"|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "x"
            id eq 5b-c and manager eq 7d-e|id eq "5b-c" and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "7d-e"
            department eq "x"|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "x"
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.id eq "x"|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "x"
            """)
    void takesWhatIdentityProvidersMeanOnlyInCompat(String text, String meaning) {
        assertEquals(meaning, FilterText.of(COMPAT.parse(text)));
        FilterErrorsTest.assertInvalidFilter(STRICT, text);
    }

    @Test
    void readsEveryEscapeOfJson() {
        Filter filter = STRICT.parse("title eq \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00😀\"");
        assertEquals(
                new Literal.Text("\"\\/\b\f\n\r\té😀😀"),
                assertInstanceOf(Filter.Comparison.class, filter).value());
    }

    @Test
    void readsDateTimesAsMoments() {
        assertEquals(
                STRICT.parse("meta.created eq \"2011-05-13T04:42:34.5Z\""),
                STRICT.parse("meta.created eq \"2011-05-13T06:42:34.500+02:00\""));
    }

    @Test
    void chainHasNoDepth() {
        String chain = String.join(" or ", java.util.Collections.nCopies(200, "title pr"));
        Filter filter =
                new FilterParser(TestTypes.USER, Conformance.STRICT, new FilterLimits(4096, 1, 200)).parse(chain);
        assertEquals(200, assertInstanceOf(Filter.Or.class, filter).operands().size());
    }

    @Test
    void keepsTheOrderOfOperands() {
        Filter.And and = assertInstanceOf(Filter.And.class, STRICT.parse("title pr and userType pr and active pr"));
        assertEquals(
                List.of("title pr", "userType pr", "active pr"),
                and.operands().stream().map(FilterText::of).toList());
    }
}
