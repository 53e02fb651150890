package dev.muster.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.tenant.TenantDirectory.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantDirectoryTest {

    private static final int TIMES = 3_000;

    @TempDir
    Path parent;

    @Test
    void aDirectoryThatGoesWhileItIsReadHasNotLostItsFiles() throws Exception {
        Path mount = Files.createDirectory(parent.resolve("mount"));
        for (String name : List.of("a.yaml", "b.yml", "c.yaml")) {
            Files.writeString(mount.resolve(name), name);
        }
        AtomicBoolean ended = new AtomicBoolean();
        Thread mover = Thread.ofPlatform().start(() -> moveToAndFro(mount, ended));
        int whole = 0;
        int away = 0;
        while (whole < TIMES || away < TIMES) {
            try {
                List<Found> files = new TenantDirectory(mount).files();
                assertEquals(
                        List.of("a.yaml", "b.yml", "c.yaml"),
                        files.stream().map(Found::name).toList());
                whole++;
            } catch (IOException | UncheckedIOException e) {
                away++;
            }
        }
        ended.set(true);
        mover.join();
        assertTrue(Files.isDirectory(mount));
    }

    private void moveToAndFro(Path mount, AtomicBoolean ended) {
        Path elsewhere = parent.resolve("elsewhere");
        try {
            while (!ended.get()) {
                Files.move(mount, elsewhere);
                Thread.onSpinWait();
                Files.move(elsewhere, mount);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
