package dev.muster.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL programs that come as a compressed archive on the class path. */
final class PostgresBinaries {
    private static final int OWNER_EXECUTE = 0100;

    private PostgresBinaries() {}

    /**
     * The folder of {@code initdb}, {@code pg_ctl} and {@code postgres}, unpacked below {@code root} when it is not there
     * yet. Another version of the archive goes to another folder, and processes that unpack at the same time do not
     * disturb each other: each works in a folder of its own, the first to finish wins.
     */
    static Path unpackInto(Path root) throws IOException {
        byte[] archive = archiveForThisMachine();
        Path home = root.resolve(fingerprint(archive));
        if (!Files.isDirectory(home)) {
            PrivateFiles.createDirectory(root);
            Path unfinished = Files.createTempDirectory(root, ".new-");
            extract(archive, unfinished);
            publish(unfinished, home);
        }
        return home.resolve("bin");
    }

    private static void publish(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException taken) {
            PrivateFiles.deleteRecursively(unfinished);
            if (!Files.isDirectory(home)) {
                throw taken;
            }
        }
    }

    private static byte[] archiveForThisMachine() throws IOException {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String architecture = switch (machine) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> machine;
        };
        String resource = "postgres-" + system + "-" + architecture + ".txz";
        try (InputStream stream = PostgresBinaries.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new EmbeddedPostgresException("Muster brings no PostgreSQL for " + system + " on " + machine
                        + ". Run one and set quarkus.datasource.reactive.url, username and password.");
            }
            return stream.readAllBytes();
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(entry, tar, target);
            }
        }
    }

    private static void extract(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("the PostgreSQL archive has an entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        boolean executable = (entry.getMode() & OWNER_EXECUTE) != 0;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
