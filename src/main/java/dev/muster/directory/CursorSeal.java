package dev.muster.directory;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Makes cursors that clients can neither read nor forge (RFC 9865 §5.2): AES-256-GCM under the tenant's key, bound to the
 * query that they belong to. They hold what resources are sorted by, which is personal data, and stand in addresses.
 *
 * @param query the identity of the query; a cursor opens under the same only
 */
record CursorSeal(SecretKey key, String query) {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The cursor as clients see it: unreserved characters (RFC 3986 §2.3) only. */
    String close(Cursor cursor) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(cursor.toBytes());
            byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * The cursor that a client has sent back.
     *
     * @throws ScimException 400 {@code invalidCursor}: forged, of another tenant, or of another query, which is not told
     *     apart; {@code expiredCursor}: it has been one of this query
     */
    Cursor open(String text, Instant now) {
        Cursor cursor = Cursor.of(opened(text));
        if (!cursor.expires().isAfter(now)) {
            throw ScimException.of(
                    ScimType.EXPIRED_CURSOR,
                    "The cursor has expired. Begin again with an empty cursor, for the first page.");
        }
        return cursor;
    }

    private byte[] opened(String text) {
        try {
            byte[] whole = Base64.getUrlDecoder().decode(text);
            if (whole.length <= NONCE_BYTES) {
                throw invalid();
            }
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            throw invalid();
        }
    }

    private static ScimException invalid() {
        return ScimException.of(
                ScimType.INVALID_CURSOR,
                "The cursor does not belong to this query. Send a cursor of an earlier page with everything else unchanged, or"
                        + " an empty one for the first page.");
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(query.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
