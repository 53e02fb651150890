package dev.muster.scim.dialect;

import static dev.muster.scim.Json.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.schema.ExtensionDeclaration;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentNameTest {

    private static final ResourceType USER = SchemaRegistry.standard()
            .with(List.of(
                    ExtensionDeclaration.read(json("{'id':'urn:e:u','attributes':[{'name':'town'}]}"), ""),
                    ExtensionDeclaration.read(json("{'id':'urn:e:u:more','attributes':[{'name':'desk'}]}"), "")))
            .resourceType("User")
            .orElseThrow();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            name.givenName                        | name.givenName
            NAME.GIVENNAME                        | name.givenName
            emails.value                          | emails.value
            emails[type eq "work"].value          | emails[type eq "work"].value
            emails[ TYPE EQ "work" ].VALUE        | emails[type eq "work"].value
            emails[type eq "work"]                | emails[type eq "work"]
            roles[primary eq "True"].value        | roles[primary eq "True"].value
            roles[primary eq true].value          | roles[primary eq "true"].value
            urn:ietf:params:scim:schemas:core:2.0:User:userName | userName
            urn:ietf:params:scim:schemas:core:2.0:User:name.familyName | name.familyName
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department
            URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:user:manager.id | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value
            urn:e:u:town                          | urn:e:u:town
            urn:e:u:more:desk                     | urn:e:u:more:desk
            """)
    void aPathForAName(String sent, String path) {
        assertEquals(path, SentName.parse(USER, sent).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hobby",
                "name.hobby",
                "hobby.name",
                "name.",
                ".name",
                "name.givenName.x",
                "emails[",
                "emails[type]",
                "emails[type eq \"a\"]x",
                "emails[hobby eq \"a\"].value",
                "title[value eq \"a\"]",
                "urn:e:u:",
                "urn:e:u",
                "urn:example:other:town",
                "",
                "emails[type eq \"a\\\"b\"].value"
            })
    void whatHasNoMeaning(String sent) {
        assertTrue(SentName.parse(USER, sent).isEmpty());
    }

    @Test
    void aVeryLongNameHasNone() {
        assertTrue(SentName.parse(USER, "name." + "x".repeat(1_000_000)).isEmpty());
    }
}
