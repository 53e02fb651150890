package dev.muster.postgres;

import java.nio.file.Path;

/** A process of its own that starts an embedded server, says its port, and holds it until it is killed. */
final class ServerHolder {
    private ServerHolder() {}

    @SuppressWarnings("SystemOut") // The test that started this process reads it.
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println(server.port());
        Thread.sleep(Long.MAX_VALUE);
    }
}
