package dev.muster.scim.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathParserTest {

    private static final PathParser COMPAT = new PathParser(TestTypes.USER, Conformance.COMPAT, FilterLimits.DEFAULT);
    private static final PathParser STRICT = new PathParser(TestTypes.USER, Conformance.STRICT, FilterLimits.DEFAULT);

    private static String written(Path path) {
        return switch (path) {
            case Path.OfSchema(var schema) -> "schema " + schema.id();
            case Path.OfAttribute(var attribute, var filter) ->
                attribute
                        + Optional.ofNullable(filter)
                                .map(inner -> " where " + FilterText.of(new Filter.ValuePath(attribute.whole(), inner)))
                                .orElse("");
        };
    }

    private static void assertFails(ScimType type, PathParser parser, String path) {
        ScimException failure = assertThrows(ScimException.class, () -> parser.parse(path), path);
        assertEquals(type, failure.error().scimType(), path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            members|members
            NAME.FamilyName|name.familyName
            addresses[type eq "work"]|addresses where addresses[type eq "work"]
            emails[type eq "work"].value|emails.value where emails[type eq "work"]
            emails[type eq "work" and value ew "example.com"].Display|emails.display where emails[type eq "work" and value ew "example.com"]
            urn:ietf:params:scim:schemas:core:2.0:User:name.familyName|name.familyName
            urn:ietf:params:scim:schemas:core:2.0:User:emails[primary eq true].value|emails.value where emails[primary eq true]
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:user|schema urn:ietf:params:scim:schemas:extension:enterprise:2.0:User
            urn:ietf:params:scim:schemas:core:2.0:User|schema urn:ietf:params:scim:schemas:core:2.0:User
            urn:example:it's:1.0:User:tags[value eq "a"]|urn:example:it's:1.0:User:tags where urn:example:it's:1.0:User:tags[value eq "a"]
            """)
    void readsWhatTheRfcHas(String text, String meaning) {
        if (text.equals("members")) {
            assertEquals(
                    "members",
                    written(new PathParser(TestTypes.GROUP, Conformance.STRICT, FilterLimits.DEFAULT).parse(text)));
            return;
        }
        assertEquals(meaning, written(STRICT.parse(text)));
        assertEquals(meaning, written(COMPAT.parse(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department,department",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.id,manager.value",
    })
    void readsVendorsGuidesInCompat(String text, String meaning) {
        assertEquals(TestTypes.ENTERPRISE + ":" + meaning, written(COMPAT.parse(text)));
        assertFails(ScimType.INVALID_SYNTAX, STRICT, text);
    }

    /** The interoperability profile: what no schema defines is invalidSyntax; RFC 7644 table 9 has invalidPath. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nick",
                "name.nick",
                "emails[type eq \"work\"].nick",
                "urn:unknown",
                "urn:ietf:params:scim:schemas:core:2.0:User:nick",
            })
    void refusesWhatNoSchemaHas(String text) {
        assertFails(ScimType.INVALID_PATH, COMPAT, text);
        assertFails(ScimType.INVALID_SYNTAX, STRICT, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/userName",
                "/",
                "name.",
                ".name",
                "emails]",
                "emails.value x",
                "emails (",
                "\"emails\"",
                "emails[type eq \"work\"]value",
                "userName eq \"x\"",
                "urn:ietf:params:scim:schemas:core:2.0:User:",
            })
    void refusesOtherPaths(String text) {
        assertFails(ScimType.INVALID_PATH, COMPAT, text);
        assertFails(ScimType.INVALID_PATH, STRICT, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "emails[]",
                "emails[",
                "emails[nick eq \"x\"]",
                "emails[type zz \"x\"]",
                "userName[value pr]",
                "emails[type eq \"x]"
            })
    void refusesWrongValueFiltersAsFilters(String text) {
        assertFails(ScimType.INVALID_FILTER, COMPAT, text);
    }

    @Test
    void passwordCanBeSetByPath() {
        assertEquals("password", written(STRICT.parse("password")));
    }

    @Test
    void endsAtTheLimits() {
        assertFails(ScimType.INVALID_PATH, COMPAT, "x".repeat(5000));
        assertFails(ScimType.INVALID_FILTER, COMPAT, "emails[" + "(".repeat(3000));
    }
}
