package dev.muster.scim.dialect;

import static dev.muster.scim.Json.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.scim.schema.AttributeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LenientValuesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            BOOLEAN   | 'True'     | true
            BOOLEAN   | 'false'    | false
            BOOLEAN   | ' FALSE '  | false
            BOOLEAN   | ''         | null
            BOOLEAN   | 'yes'      | 'yes'
            BOOLEAN   | 1          | 1
            BOOLEAN   | ['True']   | true
            STRING    | 4711       | '4711'
            STRING    | true       | 'true'
            STRING    | 1e999999   | '1E+999999'
            STRING    | ''         | ''
            STRING    | ' a '      | ' a '
            STRING    | ['a']      | 'a'
            STRING    | ['a','b']  | ['a','b']
            STRING    | {'a':1}    | {'a':1}
            INTEGER   | '12'       | 12
            INTEGER   | ''         | null
            INTEGER   | '12a'      | '12a'
            DECIMAL   | ' -1.5 '   | -1.5
            DECIMAL   | '1e999999' | '1e999999'
            DATE_TIME | ''         | null
            DATE_TIME | '2024-02-29' | '2024-02-29T00:00:00Z'
            DATE_TIME | '29.2.2024' | '29.2.2024'
            REFERENCE | ' '        | null
            BINARY    | 'QUJD'     | 'QUJD'
            """)
    void simpleValuesAreTakenForWhatTheyMean(AttributeType type, String sent, String meant) {
        assertEquals(
                json(meant).asText(), LenientValues.simple(type, json(sent)).asText());
        assertEquals(
                json(meant).getNodeType(),
                LenientValues.simple(type, json(sent)).getNodeType());
    }

    @Test
    void aSingleValueStandsForAnArrayOfIt() {
        assertEquals(json("['a']"), LenientValues.array(json("'a'")));
        assertEquals(json("[{'value':'a'}]"), LenientValues.array(json("{'value':'a'}")));
        assertEquals(json("['a','b']"), LenientValues.array(json("['a','b']")));
        assertEquals(json("[]"), LenientValues.array(json("''")));
        assertEquals(json("[]"), LenientValues.array(json("null")));
    }
}
