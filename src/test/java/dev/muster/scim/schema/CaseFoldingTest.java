package dev.muster.scim.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFoldingTest {

    @ParameterizedTest
    @CsvSource({
        "BJensen@Example.COM, bjensen@example.com",
        "STRASSE, straße",
        "STRAẞE, straße",
        "ΟΔΟΣ, οδος",
        "ÅNGSTRÖM, a\u030angstro\u0308m",
        "ŉ, \u02bcN",
        "ﬁ, FI"
    })
    void whatDiffersByCaseAloneMeets(String one, String other) {
        assertEquals(CaseFolding.fold(one), CaseFolding.fold(other));
    }

    @Test
    void foldingTwiceChangesNothingForAnyCharacter() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            String text = "a" + Character.toString(character) + "\u0301b";
            String folded = CaseFolding.fold(text);
            assertEquals(folded, CaseFolding.fold(folded), Integer.toHexString(character));
        }
    }

    @Test
    void upperAndLowerCaseOfAnyCharacterMeet() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            String text = Character.toString(character);
            String folded = CaseFolding.fold(text);
            assertEquals(folded, CaseFolding.fold(text.toLowerCase(Locale.ROOT)), Integer.toHexString(character));
            assertEquals(folded, CaseFolding.fold(text.toUpperCase(Locale.ROOT)), Integer.toHexString(character));
        }
    }
}
