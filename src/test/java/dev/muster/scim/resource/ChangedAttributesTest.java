package dev.muster.scim.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedAttributesTest {

    private static ObjectNode document(String json) {
        return (ObjectNode) Json.json(json);
    }

    @Test
    void areNamesOfAttributesAlsoOfExtensions() {
        ChangedAttributes changes = ChangedAttributes.between(
                document("{\"schemas\":[\"a\"],\"userName\":\"a\",\"title\":\"t\",\"urn:x:User\":{\"b\":1,\"c\":1}}"),
                document(
                        "{\"schemas\":[\"a\",\"b\"],\"userName\":\"b\",\"nickName\":\"n\",\"urn:x:User\":{\"b\":2,\"d\":1},"
                                + "\"urn:y:User\":{\"e\":1}}"));
        assertEquals(List.of("nickName", "urn:x:User:d", "urn:y:User:e"), changes.added());
        assertEquals(List.of("userName", "urn:x:User:b"), changes.changed());
        assertEquals(List.of("urn:x:User:c", "title"), changes.removed());
        assertEquals(
                List.of("userName", "urn:x:User:b", "members"),
                changes.withMembers().changed());
    }

    @Test
    void ofEqualDocumentsAreNone() {
        ObjectNode document = document("{\"schemas\":[\"a\"],\"userName\":\"a\",\"emails\":[{\"value\":\"x\"}]}");
        assertSame(ChangedAttributes.NONE, ChangedAttributes.between(document, document.deepCopy()));
        assertEquals(
                List.of("userName", "emails"), ChangedAttributes.allOf(document).added());
    }

    @Test
    void anIdentityIsReadFromWhateverWasSent() {
        assertEquals(
                new Identity("a", null, "d"),
                Identity.of(
                        document("{\"USERNAME\":\"a\",\"externalId\":17,\"displayName\":\"d\",\"password\":\"p\"}")));
        assertEquals(Identity.UNKNOWN, Identity.of(document("{}")));
    }
}
