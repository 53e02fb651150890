package dev.muster.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL's programs. They refuse to run as root; as root they are started in a user namespace of their own, in which
 * they are nobody and the files are still theirs.
 *
 * @param folder where the programs are
 */
record PostgresPrograms(Path folder) {
    private static final int ROOT = 0;

    /** Runs {@code program} to its end. @throws EmbeddedPostgresException with its output, if it fails */
    void run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        boolean asRoot = effectiveUser() == ROOT;
        if (asRoot) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(folder.resolve(program).toString());
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new EmbeddedPostgresException(program + " failed with status " + status + ": " + output.strip()
                        + hint(asRoot && output.contains("unshare")));
            }
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("cannot run " + program + hint(asRoot), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while " + program + " was running", interrupted);
        }
    }

    private static String hint(boolean noNamespace) {
        return noNamespace
                ? " (PostgreSQL does not run as root, and Muster as root needs unshare(1) and user namespaces for it."
                        + " Run Muster as another user, or set quarkus.datasource.reactive.url, username and password.)"
                : "";
    }

    private static int effectiveUser() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("cannot tell the user Muster runs as", failure);
        }
    }
}
