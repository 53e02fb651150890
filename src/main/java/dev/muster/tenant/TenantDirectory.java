package dev.muster.tenant;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The YAML files in a directory. What begins with a dot is none of them: a mounted ConfigMap has its files as links into such a
 * directory, which Kubernetes swaps for another as a whole.
 *
 * @param path the directory
 */
record TenantDirectory(Path path) {

    /** As large as a ConfigMap can be. */
    private static final int LARGEST_FILE = 1 << 20;

    /**
     * A file as it is now.
     *
     * @param text what stands in it
     * @param fault why it cannot be read; null where it can
     */
    record Found(String name, String text, @Nullable String fault) {}

    /**
     * The files in the order of their names.
     *
     * @throws IOException where the directory cannot be read, so that nobody knows which files there are
     */
    List<Found> files() throws IOException {
        List<Found> files = entries().stream().map(TenantDirectory::read).toList();
        // Whoever takes the directory away in the middle has done nothing to its files.
        entries();
        return files;
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(TenantDirectory::isTenantFile).sorted().toList();
        }
    }

    private static boolean isTenantFile(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml")) && !Files.isDirectory(file);
    }

    private static Found read(Path file) {
        String name = file.getFileName().toString();
        try {
            return Files.size(file) > LARGEST_FILE
                    ? new Found(name, "", "The file is larger than 1 MiB.")
                    : new Found(name, Files.readString(file), null);
        } catch (CharacterCodingException e) {
            return new Found(name, "", "The file is not UTF-8.");
        } catch (IOException e) {
            return new Found(name, "", "The file cannot be read by the server.");
        }
    }
}
