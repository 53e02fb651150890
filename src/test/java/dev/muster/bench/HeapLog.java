package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the server's garbage collector says of its heap ({@code -Xlog:gc}). */
final class HeapLog {

    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

    private final Path file;
    private long read;

    HeapLog(Path file) {
        this.file = file;
    }

    /** The JVM option that writes the log. */
    String option() {
        return "-Xlog:gc:file=" + file;
    }

    /** The largest heap that was left after a collection since the last call, in MiB; 0 without collections. */
    long largestAfterCollection() throws IOException {
        String log = Files.readString(file);
        String since = log.substring((int) Math.min(read, log.length()));
        read = log.length();
        return COLLECTION
                .matcher(since)
                .results()
                .mapToLong(collection -> Long.parseLong(collection.group(2)))
                .max()
                .orElse(0);
    }
}
