package dev.muster.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A process of its own that starts an embedded server, says its port, and holds it until it is killed or its parent has ended. */
final class ServerHolder {
    private ServerHolder() {}

    @SuppressWarnings("SystemOut") // The test that started this process reads it.
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedPostgresServer server =
                EmbeddedPostgresServer.start(Path.of(arguments[0]), Path.of(arguments[1]))) {
            System.out.println(server.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
