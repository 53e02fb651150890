package dev.muster.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Says that one living Muster owns a data directory. The operating system drops the lock with the process, however it
 * dies, so a {@code kill -9} leaves nothing to clean up.
 */
final class DataDirectoryLock implements AutoCloseable {
    private static final String FILE_NAME = "muster.lock";

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws EmbeddedPostgresException if another Muster, in this process or another, holds the directory */
    static DataDirectoryLock acquire(Path dataDirectory) throws IOException {
        FileChannel channel =
                FileChannel.open(dataDirectory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new EmbeddedPostgresException("Another Muster is running on the data directory "
                    + dataDirectory
                    + ". Stop it, or give this one a directory of its own (muster.data-dir, MUSTER_DATA_DIR)"
                    + " or a database (quarkus.datasource.reactive.url).");
        }
        return new DataDirectoryLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
