package dev.muster.bench;

import java.time.Duration;
import java.util.Locale;

/** Prints what was measured as Markdown, each row as soon as it is known. */
final class Report {

    private Report() {}

    static void starts(Duration first, Duration second, long mebibytes) {
        print(
                "Process start to first 200 from the database: %.1f s on a new data directory, %.1f s on an existing one."
                        + " RSS of the JVM then: %d MiB.%n",
                first.toMillis() / 1e3, second.toMillis() / 1e3, mebibytes);
    }

    static void head(BenchSettings settings) {
        print(
                "%n%,d users, %d connections, %d s each, %d processors. CPU in µs a request.%n%n",
                settings.users(),
                settings.connections(),
                settings.duration().toSeconds(),
                Runtime.getRuntime().availableProcessors());
        print("| operation | Muster/s | CPU JVM | CPU PostgreSQL | p50 ms | p99 ms | pgbench/s | CPU PostgreSQL |"
                + " rate Muster/pgbench | CPU Muster/pgbench |%n");
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|%n");
    }

    static void row(Operation operation, Figures muster, Figures pgbench) {
        print(
                "| %s | %,.0f | %.0f | %.0f | %.2f | %.2f | %,.0f | %.0f | %.2f | %.2f |%n",
                operation.name(),
                muster.perSecond(),
                muster.serverMicros(),
                muster.postgresMicros(),
                muster.p50() / 1e3,
                muster.p99() / 1e3,
                pgbench.perSecond(),
                pgbench.postgresMicros(),
                muster.perSecond() / pgbench.perSecond(),
                muster.postgresMicros() / pgbench.postgresMicros());
    }

    static void memory(long mebibytes) {
        print("%nRSS of the JVM after the load: %d MiB.%n", mebibytes);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
