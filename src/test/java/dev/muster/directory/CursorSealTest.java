package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CursorSealTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID ID = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final CursorSeal SEAL = seal(1, "the query");

    private static CursorSeal seal(int key, String query) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return new CursorSeal(new SecretKeySpec(bytes, "AES"), query);
    }

    private static Cursor cursor(Position position) {
        return new Cursor(position, false, 10, NOW.plusSeconds(60));
    }

    private static ScimError refused(CursorSeal seal, String text) {
        return assertThrows(ScimException.class, () -> seal.open(text, NOW)).error();
    }

    @Test
    void whatIsSealedOpens() {
        for (Cursor cursor : List.of(
                cursor(new Position("straße 😀", ID)),
                cursor(new Position("", ID)),
                cursor(new Position(null, ID)),
                new Cursor(null, false, 0, NOW.plusSeconds(1)),
                new Cursor(new Position("x", ID), true, 1000, NOW.plusSeconds(1)))) {
            assertEquals(cursor, SEAL.open(SEAL.close(cursor), NOW));
        }
    }

    @Test
    void aCursorHasUnreservedCharactersOnlyAndShowsNothing() {
        String text = SEAL.close(cursor(new Position("jensen@example.com", ID)));
        assertTrue(text.matches("[A-Za-z0-9._~-]+"), text);
        assertFalse(text.contains("amVuc2Vu"), "base64 of jensen");
        assertNotEquals(text, SEAL.close(cursor(new Position("jensen@example.com", ID))));
    }

    @Test
    void everyOtherCharacterIsNoticed() {
        String text = SEAL.close(cursor(new Position("key", ID)));
        for (int i = 0; i < text.length() - 1; i++) {
            String forged = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            assertEquals(ScimType.INVALID_CURSOR, refused(SEAL, forged).scimType());
        }
        for (String forged : List.of("x", "!", "ü", "%00", text.substring(4), text + "AAAA", "A".repeat(10_000))) {
            assertEquals(ScimType.INVALID_CURSOR, refused(SEAL, forged).scimType(), forged);
        }
    }

    /** RFC 9865 §5.2: "identical error messages, so as not to disclose any details". */
    @Test
    void aForeignCursorIsRefusedInTheSameWordsAsAForgedOne() {
        String text = SEAL.close(cursor(new Position("key", ID)));
        ScimError forged = refused(SEAL, "AAAA");
        assertEquals(forged, refused(seal(2, "the query"), text));
        assertEquals(forged, refused(seal(1, "another query"), text));
    }

    @Test
    void anExpiredCursorIsToldFromAnInvalidOne() {
        String text = SEAL.close(new Cursor(new Position("key", ID), false, 10, NOW));
        assertEquals(ScimType.EXPIRED_CURSOR, refused(SEAL, text).scimType());
        assertEquals(
                ScimType.INVALID_CURSOR, refused(seal(1, "another query"), text).scimType());
    }
}
