package dev.muster.postgres;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The passwords of the embedded PostgreSQL: 192 random bits each, made at the first start and kept in the data directory
 * with mode 600, so that no other user of the machine can connect although the server listens on the loopback interface.
 *
 * @param superuser password of {@value #SUPERUSER}, used for nothing but preparing roles and database
 * @param owner password of {@value #OWNER}, which owns the tables and runs the migrations
 * @param application password of {@value #APPLICATION}, the role Muster works as: row-level security binds it
 */
record PostgresCredentials(String superuser, String owner, String application) {
    static final String SUPERUSER = "postgres";
    static final String OWNER = "muster_owner";
    static final String APPLICATION = "muster_app";

    private static final String FILE_NAME = "credentials";
    private static final int PASSWORD_BYTES = 24;

    /** Reads the credentials from their file in {@code dataDirectory}, or makes them and writes the file. */
    static PostgresCredentials loadOrCreate(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE_NAME);
        if (Files.exists(file)) {
            return load(file);
        }
        PostgresCredentials created = new PostgresCredentials(randomPassword(), randomPassword(), randomPassword());
        Properties properties = new Properties();
        properties.setProperty(SUPERUSER, created.superuser);
        properties.setProperty(OWNER, created.owner);
        properties.setProperty(APPLICATION, created.application);
        StringWriter text = new StringWriter();
        properties.store(text, "Passwords of Muster's embedded PostgreSQL. Deleting this file locks Muster out.");
        PrivateFiles.write(dataDirectory, FILE_NAME, text.toString());
        return created;
    }

    private static PostgresCredentials load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new PostgresCredentials(
                required(properties, SUPERUSER, file),
                required(properties, OWNER, file),
                required(properties, APPLICATION, file));
    }

    private static String required(Properties properties, String role, Path file) {
        String password = properties.getProperty(role);
        if (password == null || password.isBlank()) {
            throw new EmbeddedPostgresException(file + " has no password for " + role + "; restore it from a backup.");
        }
        return password;
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Never the passwords: a record's own form would carry them into logs. */
    @Override
    public String toString() {
        return "PostgresCredentials[…]";
    }
}
