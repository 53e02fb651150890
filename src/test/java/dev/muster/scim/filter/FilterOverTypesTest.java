package dev.muster.scim.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.4.2.1: what is not part of a resource type is treated "as if there is no attribute value". */
class FilterOverTypesTest {

    private static List<FilterOverTypes.ForType> parse(Conformance conformance, String filter) {
        return new FilterOverTypes(SchemaRegistry.standard().resourceTypes(), conformance, FilterLimits.DEFAULT)
                .parse(filter);
    }

    private static String meaning(String type, String filter) {
        Optional<Filter> meant = parse(Conformance.STRICT, filter).stream()
                .filter(found -> found.type().name().equals(type))
                .map(FilterOverTypes.ForType::filter)
                .findFirst();
        return meant.map(found -> found.equals(Filter.Constant.TRUE) ? "all" : FilterText.of(found))
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            displayName eq "a"                                             | displayName eq "a" | displayName eq "a"
            userName eq "a"                                                | userName eq "a"    | none
            userName pr                                                    | userName pr        | none
            not (userName pr)                                              | not (userName pr)  | all
            userName ne "a"                                                | userName ne "a"    | all
            userName eq null                                               | userName eq null   | all
            userName ne null                                               | userName ne null   | none
            userName gt "a"                                                | userName gt "a"    | none
            emails[type eq "work"]                                         | emails[emails.type eq "work"] | none
            members.value eq "1" or userName eq "a"                        | userName eq "a"    | members.value eq "1"
            members.value eq "1" and userName eq "a"                       | none               | none
            not (members.value eq "1" and userName eq "a")                 | all                | all
            displayName eq "a" and not (userName eq "b")                   | displayName eq "a" and not (userName eq "b") | displayName eq "a"
            (meta.resourceType eq "User") or (meta.resourceType eq "Group") | all               | all
            meta.resourceType eq "User"                                    | all                | none
            meta.resourceType ne "User"                                    | none               | all
            meta.resourceType sw "G" and displayName pr                    | none               | displayName pr
            meta[resourceType eq "Group"]                                  | none               | all
            meta.resourceType pr                                           | all                | all
            urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq "a" | none               | displayName eq "a"
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department pr | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department pr | none
            """)
    void whatATypeDoesNotHaveHasNoValue(String filter, String users, String groups) {
        assertEquals(users, bare(meaning("User", filter)));
        assertEquals(groups, bare(meaning("Group", filter)));
    }

    private static String bare(String filter) {
        return filter.replace("emails[type", "emails[emails.type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unheardOf pr", "userName eq \"a\" and unheardOf eq 1", "emails[unheardOf pr]", "active gt true"
            })
    void whatNoTypeHasIsRefused(String filter) {
        ScimException failure = assertThrows(ScimException.class, () -> parse(Conformance.STRICT, filter));
        assertEquals(ScimType.INVALID_FILTER, failure.error().scimType());
    }

    @Test
    void theExampleOfTheRfcHasNoQuotationMarks() {
        String example = "(meta.resourceType eq User) or (meta.resourceType eq Group)";
        assertEquals(
                "User Group",
                parse(Conformance.COMPAT, example).stream()
                        .map(found -> found.type().name())
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void deepNegationIsReadOnce() {
        int depth = 19;
        String filter = "not (".repeat(depth) + "userName pr" + ")".repeat(depth);
        assertEquals(2, parse(Conformance.STRICT, filter).size());
    }
}
