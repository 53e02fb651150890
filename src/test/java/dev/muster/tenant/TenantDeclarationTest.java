package dev.muster.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file is read as it is meant, or its fault is pointed at. */
class TenantDeclarationTest {

    @Test
    void whatIsNotSaidHasItsDefault() {
        TenantDeclaration declared = read("id: acme");
        assertEquals("acme", declared.displayName());
        assertTrue(declared.enabled());
        assertTrue(declared.settings().isEmpty());
    }

    /** YAML 1.1 takes on and no for booleans; a country and a key of the settings are none. */
    @Test
    void wordsAreWords() {
        TenantDeclaration declared = read("""
                id: acme
                settings:
                  attributes:
                    on: {User: [title]}
                  departments:
                    map: {no: off, y: n}
                """);
        assertEquals(
                "{\"attributes\":{\"on\":{\"User\":[\"title\"]}},\"departments\":{\"map\":{\"no\":\"off\",\"y\":\"n\"}}}",
                declared.settings().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                          | /
            acme                                        | /
            [id]                                        | /
            {id: acme                                   | /
            {id: acme, id: other}                       | /
            {id: &a acme, displayName: *a}              | /
            displayName: Acme                           | /id
            id: 7                                       | /id
            id: Acme                                    | /id
            {id: acme, colour: red}                     | /colour
            {id: acme, displayName: 7}                  | /displayName
            {id: acme, displayName: " "}                | /displayName
            {id: acme, enabled: yes}                    | /enabled
            {id: acme, settings: []}                    | /settings
            {id: acme, settings: {mode: later}}         | /settings/mode
            {id: acme, settings: {scope: titel pr}}     | /settings/scope
            {id: acme, settings: {deletionGuard: {share: .nan}}}  | /
            {id: acme, settings: {deletionGuard: {share: .inf}}}  | /
            {id: acme, settings: {schemas: [{id: "urn:x:y", attributes: [{name: 1st}]}]}} | /settings/schemas/0/attributes/0
            """)
    void pointsAtTheFault(String yaml, String field) {
        assertEquals(field, assertThrows(TenantProblem.class, () -> read(yaml)).field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: a\n---\nid: b\n", "id: a\n\tb: c", "!!java.lang.Object {}", "id: \"\\0\""})
    void hostileFilesAreFaulty(String yaml) {
        assertThrows(TenantProblem.class, () -> read(yaml));
    }

    @Test
    void saysWhereYamlIsBroken() {
        String detail = assertThrows(TenantProblem.class, () -> read("id: acme\nsettings: {mode: [}"))
                .detail();
        assertTrue(detail.contains("line 2"), detail);
    }

    private static TenantDeclaration read(String yaml) {
        return TenantDeclaration.read(TenantYaml.read(yaml));
    }
}
