package dev.muster.postgres;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories and files that only the account Muster runs as may read. */
final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes {@code directory} and its parents; {@code directory} itself ends with mode 700 even if it was there. */
    static void createDirectory(Path directory) throws IOException {
        if (directory.getParent() != null) {
            Files.createDirectories(directory.getParent());
        }
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException present) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Writes {@code content} to {@code name} in {@code directory}, with mode 600, so that readers see all of it or nothing. */
    static void write(Path directory, String name, String content) throws IOException {
        Path temporary = createTemporary(directory);
        Files.writeString(temporary, content);
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A new empty file of mode 600 in {@code directory}. */
    static Path createTemporary(Path directory) throws IOException {
        return Files.createTempFile(
                directory,
                ".new-",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Deletes {@code root} and everything below it, without following links. */
    static void deleteRecursively(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
