package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.filter.TestTypes;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SearchKeysTest {

    private static final SearchKeys USER = new SearchKeys(TestTypes.USER);
    private static final SearchKeys GROUP = new SearchKeys(TestTypes.GROUP);

    private static long[] keys(String search) throws JsonProcessingException {
        return USER.keysOf((ObjectNode) new ObjectMapper().readTree(search));
    }

    @Test
    void everyValueOfAnIndexedAttributeHasOneKey() throws JsonProcessingException {
        long[] expected = LongStream.of(
                        USER.key("emails.value", "a@x"),
                        USER.key("emails.value", "b@x"),
                        USER.key("name.familyName", "x"),
                        USER.key(TestTypes.CUSTOM + ":level", "5"),
                        USER.key(TestTypes.CUSTOM + ":tags", "t"),
                        USER.key(TestTypes.CUSTOM + ":hireDate", "2011-05-13T04:42:34.000000000Z"))
                .sorted()
                .toArray();
        assertArrayEquals(expected, keys("""
                        {"name":{"familyName":"x"},"emails":[{"value":"a@x"},{"value":"b@x"},{"value":"a@x"}],
                         "urn:example:it's:1.0:User":{"level":5,"tags":["t"],"hireDate":"2011-05-13T04:42:34.000000000Z"}}"""));
    }

    @Test
    void columnsTypesAndClosedListsHaveNone() throws JsonProcessingException {
        assertEquals(0, keys("""
                        {"schemas":["urn:x"],"userName":"u","displayName":"d","externalId":"e","active":true,
                         "emails":[{"type":"work","primary":true,"display":"x"}],"x509Certificates":[{"value":"AAAA"}],
                         "urn:example:it's:1.0:User":{"color":"red","remote":true,"blob":"AAAA"}}""").length);
    }

    @Test
    void numbersOfOneValueHaveOneKey() throws JsonProcessingException {
        assertArrayEquals(
                keys("{\"urn:example:it's:1.0:User\":{\"ratio\":2.50}}"),
                keys("{\"urn:example:it's:1.0:User\":{\"ratio\":25e-1}}"));
    }

    @Test
    void keysStayTheSameAndBelongToTypeAndAttribute() {
        assertEquals(KNOWN, USER.key("emails.value", "a@x"));
        assertNotEquals(USER.key("emails.value", "a@x"), GROUP.key("emails.value", "a@x"));
        assertNotEquals(USER.key("emails.value", "a@x"), USER.key("ims.value", "a@x"));
    }

    /** First eight bytes of the SHA-256 of {@code User\0emails.value\0a@x}. */
    private static final long KNOWN = -7049744543464232543L;
}
