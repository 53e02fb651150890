package dev.muster.scim.patch;

import static dev.muster.scim.patch.UserPatch.compat;
import static dev.muster.scim.patch.UserPatch.json;
import static dev.muster.scim.patch.UserPatch.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entra ID's default table for users: each row created, changed and removed by PATCH in Entra's own forms. */
class EntraDefaultMappingTest {

    private static final String TABLE = """
            # path | value | other value | as it is stored, with V for the value
            userName | a@example.com | b@example.com | {'userName':'V'}
            active | True | False | {'active':V}
            displayName | Ann | Bea | {'displayName':'V'}
            title | Guide | Lead | {'title':'V'}
            emails[type eq "work"].value | a@example.com | b@example.com | {'emails':[{'type':'work','value':'V'}]}
            preferredLanguage | da-DK | en-GB | {'preferredLanguage':'V'}
            name.givenName | Ann | Bea | {'name':{'givenName':'V'}}
            name.familyName | Aa | Bb | {'name':{'familyName':'V'}}
            name.formatted | Ann Aa | Bea Bb | {'name':{'formatted':'V'}}
            addresses[type eq "work"].formatted | A 1 | B 2 | {'addresses':[{'type':'work','formatted':'V'}]}
            addresses[type eq "work"].streetAddress | A 1 | B 2 | {'addresses':[{'type':'work','streetAddress':'V'}]}
            addresses[type eq "work"].locality | Aarhus | Berlin | {'addresses':[{'type':'work','locality':'V'}]}
            addresses[type eq "work"].region | A | B | {'addresses':[{'type':'work','region':'V'}]}
            addresses[type eq "work"].postalCode | 8000 | 10115 | {'addresses':[{'type':'work','postalCode':'V'}]}
            addresses[type eq "work"].country | DK | DE | {'addresses':[{'type':'work','country':'V'}]}
            phoneNumbers[type eq "work"].value | +4511111111 | +4522222222 | {'phoneNumbers':[{'type':'work','value':'V'}]}
            phoneNumbers[type eq "mobile"].value | +4511111111 | +4522222222 | {'phoneNumbers':[{'type':'mobile','value':'V'}]}
            phoneNumbers[type eq "fax"].value | +4511111111 | +4522222222 | {'phoneNumbers':[{'type':'fax','value':'V'}]}
            externalId | e1 | e2 | {'externalId':'V'}
            ENT:employeeNumber | 1 | 2 | {'ENT':{'employeeNumber':'V'}}
            ENT:department | Tours | Sales | {'ENT':{'department':'V'}}
            ENT:manager | m1 | m2 | {'ENT':{'manager':{'value':'V'}}}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = (char) 1, textBlock = TABLE)
    void isAddedChangedAndRemoved(String path, String value, String other, String stored) {
        ObjectNode first = stored(stored, value);
        ObjectNode second = stored(stored, other);
        assertNotEquals(first, second);
        for (String op : new String[] {"Add", "Replace"}) {
            assertEquals(first, compat("{}", operation(op, path, value)), op + " to nothing");
            assertEquals(second, compat(first.toString(), operation(op, path, other)), op + " to a value");
            assertEquals(second, compat(second.toString(), operation(op, path, other)), op + " of the same");
        }
        if (path.equals("userName")) {
            ScimException refusal =
                    assertThrows(ScimException.class, () -> compat(second.toString(), operation("Remove", path, null)));
            assertEquals(ScimType.MUTABILITY, refusal.error().scimType());
        } else {
            assertEquals(user("{}"), compat(second.toString(), operation("Remove", path, null)));
            assertEquals(user("{}"), compat(second.toString(), operation("Remove", path, other)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = (char) 1, textBlock = TABLE)
    void isSetAsAKeyWithoutPath(String path, String value, String other, String stored) {
        ObjectNode operation = json("{'op':'Replace'}");
        operation.putObject("value").put(path.replace("ENT", UserPatch.ENTERPRISE), other);
        assertEquals(stored(stored, other), compat(stored(stored, value).toString(), operation.toString()));
        assertEquals(stored(stored, other), compat("{}", operation.toString()));
    }

    /** Everything at once, then each address line removed: nothing of the address is left. */
    @Test
    void theWorkAddressGoesWithItsLastLine() {
        String whole =
                "{'title':'t','addresses':[{'type':'work','formatted':'f','streetAddress':'s','locality':'l','region':'r',"
                        + "'postalCode':'p','country':'c'}]}";
        assertEquals(
                user("{'title':'t'}"),
                compat(
                        whole,
                        operation("Remove", "addresses[type eq \"work\"].formatted", null),
                        operation("Remove", "addresses[type eq \"work\"].streetAddress", null),
                        operation("Remove", "addresses[type eq \"work\"].locality", null),
                        operation("Remove", "addresses[type eq \"work\"].region", null),
                        operation("Remove", "addresses[type eq \"work\"].postalCode", null),
                        operation("Remove", "addresses[type eq \"work\"].country", null)));
    }

    private static ObjectNode stored(String stored, String value) {
        return user(stored.replace(
                "V", value.equals("True") || value.equals("False") ? value.toLowerCase(java.util.Locale.ROOT) : value));
    }

    private static String operation(String op, String path, String value) {
        ObjectNode operation = json("{}");
        operation.put("op", op).put("path", path.replace("ENT", UserPatch.ENTERPRISE));
        if (value != null) {
            operation.put("value", value);
        }
        return operation.toString();
    }
}
