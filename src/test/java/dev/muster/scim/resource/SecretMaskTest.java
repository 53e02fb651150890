package dev.muster.scim.resource;

import static dev.muster.scim.Json.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.schema.ExtensionDeclaration;
import dev.muster.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

    private static final SchemaRegistry WITH_PIN =
            registry("{'name':'pin','mutability':'writeOnly','returned':'never'}");

    private final SecretMask mask = new SecretMask(WITH_PIN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'password':'§'}",
                "{'PassWord':'§','userName':'a'}",
                "{'pa\\u0073sword':'§'}",
                "{'urn:ietf:params:scim:schemas:core:2.0:User:password':'§'}",
                "{'urn:ietf:params:scim:schemas:core:2.0:User.password':'§'}",
                "{'urn:ietf:params:scim:schemas:core:2.0:User':{'password':'§'}}",
                "{'password':{'value':'§','more':['§',{'x':'§'}]}}",
                "{'password':['§']}",
                "{'a':{'b':[{'c':{'Password':'§'}}]}}",
                "{'urn:e:u':{'PIN':'§'}}",
                "{'urn:e:u:pin':'§'}",
                "{'password':'§','password':'§'}",
                "{'Operations':[{'op':'replace','path':'password','value':'§'}]}",
                "{'Operations':[{'value':'§','Path':'PASSWORD','Op':'Add'}]}",
                "{'Operations':[{'op':'add','value':{'x':['§']},'path':'urn:e:u:pin'}]}",
                "{'Operations':[{'op':'add','path':' password ','value':'§'}]}",
                "{'Operations':[{'op':'add','path':'password.value','value':'§'}]}",
                "{'Operations':[{'op':'add','path':'password[value eq \\\"§\\\"]','value':'§'}]}",
                "{'Operations':[{'op':'add','path':'emails[password eq \\\"§]§\\\"].value','value':'x'}]}",
                "{'Operations':[{'op':'add','path':'password eq \\\"§\\\"','value':'§'}]}",
                "{'Operations':[{'op':'replace','value':{'active':true,'password':'§'}}]}",
            })
    void noSecretIsLeft(String text) {
        String masked =
                mask.masked(text.replace('\'', '"').replace("§", "Secret7").getBytes(StandardCharsets.UTF_8));
        assertFalse(masked.contains("Secret7"), masked);
        assertTrue(masked.contains("*") || masked.contains("[password]"), masked);
    }

    /** 415 263 as a number is a password too: compat turns it into a string. */
    @Test
    void numbersAreMasked() {
        assertEquals("{\"password\":0,\"x\":415263.50}", masked("{'password':415263,'x':415263.50}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Operations':[{'method':'POST','path':'/Users','bulkId':'q','data':{'userName':'password','x':[1,null,true]}}]}",
                "{'passwordHint':'S','value':'S','displayName':'pin'}",
                "{'Operations':[{'op':'add','path':'emails[type eq \\\"password\\\"].value','value':'S'}]}",
                "{'path':'password','value':'S'}",
                "{'a':'1','a':'2'}",
                "{'a':'\\ud800','b':'\\u0000'}",
                "{'big':12345678901234567890.12300,'e':1E+400}",
            })
    void nothingElseChanges(String text) {
        String sent = text.replace('\'', '"');
        assertEquals(sent.toLowerCase(), masked(text).toLowerCase());
    }

    @Test
    void lettersBeyondAsciiAreStillThere() {
        assertEquals(json("{'a':'Zoë 👩'}"), json(masked("{'a':'Zoë 👩'}")));
    }

    @Test
    void aStoredAttributeOfTheSameNameIsNoticed() {
        assertFalse(mask.isAmbiguous());
        assertTrue(new SecretMask(registry("{'name':'Password','type':'string'}")).isAmbiguous());
        assertTrue(new SecretMask(registry(
                        "{'name':'card','type':'complex','subAttributes':[{'name':'password','type':'string'}]}"))
                .isAmbiguous());
    }

    private String masked(String text) {
        return mask.masked(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static SchemaRegistry registry(String attribute) {
        return SchemaRegistry.standard()
                .with(List.of(
                        ExtensionDeclaration.read(json("{'id':'urn:e:u','attributes':[" + attribute + "]}"), "")));
    }
}
