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

    static void neighbours(
            FixedRate.Answers alone, FixedRate.Answers disturbed, FixedRate.Answers noise, Duration duration) {
        print("%n| | answered | p50 ms | p99 ms |%n|---|--:|--:|--:|%n");
        print(
                "| alone | %d of %d | %.2f | %.2f |%n",
                alone.succeeded(), alone.latencies().length, alone.percentile(0.5), alone.percentile(0.99));
        print(
                "| beside the noise | %d of %d | %.2f | %.2f |%n",
                disturbed.succeeded(),
                disturbed.latencies().length,
                disturbed.percentile(0.5),
                disturbed.percentile(0.99));
        print(
                "%np99 with the noise / without: %.2f. Of the noise %.0f requests a second were answered, %.0f refused.%n",
                disturbed.percentile(0.99) / alone.percentile(0.99),
                noise.succeeded() / (double) duration.toSeconds(),
                noise.limited() / (double) duration.toSeconds());
    }

    static void importHead(int accounts) {
        print(
                "%n%,d accounts, %d processors. CPU in µs an account.%n%n",
                accounts, Runtime.getRuntime().availableProcessors());
        print("| import of | accounts/s | CPU JVM | CPU PostgreSQL |%n|---|--:|--:|--:|%n");
    }

    static void imported(String what, int accounts, Duration duration, CpuTimes cpu) {
        print(
                "| %s | %,.0f | %.0f | %.0f |%n",
                what,
                accounts / (duration.toNanos() / 1e9),
                cpu.server() / (double) accounts,
                cpu.postgres() / (double) accounts);
    }

    static void memory(long mebibytes) {
        print("%nRSS of the JVM after the load: %d MiB.%n", mebibytes);
    }

    static void noise(String kind) {
        print("%nNoise: %s.%n", kind);
    }

    /** How soon a write was with the product, in milliseconds. */
    static void visible(String name, int count, double p50, double p99) {
        print("SCIM write to account visible, %s (%d): p50 %.1f ms, p99 %.1f ms%n", name, count, p50, p99);
    }

    /** How many a second. */
    static void rate(String name, long count, long nanos) {
        print("%s: %d in %.1f s, %.0f a second%n", name, count, nanos / 1e9, count / (nanos / 1e9));
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
