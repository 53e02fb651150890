package dev.muster.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token, or the secret of an OAuth client, as its holder has it: {@code muster_<id>_<secret>}. The id finds the row; the secret has 256 random bits, so that
 * one fast hash keeps it safe at rest (a slow one would only let strangers spend our CPU).
 *
 * @param id 16 random characters, a-z and 0-9
 * @param secret 256 random bits in 64 hexadecimal digits
 */
public record TokenSecret(String id, String secret) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]{16}");
    private static final Pattern FORM = Pattern.compile("muster_([a-z0-9]{16})_([0-9a-f]{64})");
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 16;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new token; its secret has never existed before. */
    public static TokenSecret generate() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        return new TokenSecret(newId(), secret);
    }

    /** An id that has never existed before; whoever knows it knows no secret. */
    public static String newId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_ALPHABET.charAt(RANDOM.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    /** Whether a text has the form of an id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The parts of a token, empty where it has not the form of one. */
    public static Optional<TokenSecret> parse(String token) {
        Matcher matcher = FORM.matcher(token);
        return matcher.matches() ? Optional.of(new TokenSecret(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** What is stored in place of the secret: SHA-256. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The token, to be shown once. */
    public String reveal() {
        return "muster_" + id + "_" + secret;
    }

    /** Without the secret: a token must not slip into a log. */
    @Override
    public String toString() {
        return "muster_" + id + "_…";
    }
}
