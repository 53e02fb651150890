package dev.muster.tenant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSecretTest {
    private static final String ID = "abcdefghij012345";
    private static final String SECRET = "0123456789abcdef".repeat(4);

    @Test
    void hasTheFormThatSecretScannersCanKnow() {
        TokenSecret secret = TokenSecret.generate();
        assertTrue(secret.reveal().matches("muster_[a-z0-9]{16}_[0-9a-f]{64}"), secret.reveal());
        assertEquals(Optional.of(secret), TokenSecret.parse(secret.reveal()));
    }

    @Test
    void has256BitsEachOfWhichVaries() {
        byte[] ones = new byte[32];
        byte[] zeros = new byte[32];
        Set<String> seen = new HashSet<>();
        for (int n = 0; n < 200; n++) {
            TokenSecret secret = TokenSecret.generate();
            assertTrue(seen.add(secret.secret()) && seen.add(secret.id()));
            byte[] bytes = HexFormat.of().parseHex(secret.secret());
            assertEquals(32, bytes.length);
            IntStream.range(0, 32).forEach(i -> {
                ones[i] |= bytes[i];
                zeros[i] |= (byte) ~bytes[i];
            });
        }
        byte[] all = HexFormat.of().parseHex("ff".repeat(32));
        assertArrayEquals(all, ones);
        assertArrayEquals(all, zeros);
    }

    @Test
    void isHashedWithSha256() throws Exception {
        assertArrayEquals(
                MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(StandardCharsets.US_ASCII)),
                new TokenSecret(ID, SECRET).hash());
    }

    @Test
    void doesNotShowItsSecretInALog() {
        assertFalse(new TokenSecret(ID, SECRET).toString().contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "muster_",
                "muster__",
                "muster_" + ID + "_",
                "muster_abcdefghij012345_0123456789abcdef",
                "muster_ABCDEFGHIJ012345_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "muster_abcdefghij012345_0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                "muster_abcdefghij012345_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
                "muster_abcdefghij012345_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
                " muster_abcdefghij012345_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "other_abcdefghij012345_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void refusesWhatHasNotTheForm(String token) {
        assertEquals(Optional.empty(), TokenSecret.parse(token));
    }
}
