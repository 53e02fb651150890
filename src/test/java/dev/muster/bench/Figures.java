package dev.muster.bench;

import java.time.Duration;

/**
 * What was measured of Muster and of pgbench for one operation.
 *
 * @param count answered requests, or transactions
 * @param p50 the median latency in microseconds
 * @param p99 the latency in microseconds that one in a hundred exceeds
 */
record Figures(long count, Duration duration, CpuTimes cpu, double p50, double p99) {

    static Figures of(long[] latencies, Duration duration, CpuTimes cpu) {
        return new Figures(latencies.length, duration, cpu, micros(latencies, 0.50), micros(latencies, 0.99));
    }

    /** Both measurements as one; of the latencies the average of what each had. */
    Figures and(Figures other) {
        return new Figures(
                count + other.count,
                duration.plus(other.duration),
                new CpuTimes(cpu.server() + other.cpu.server(), cpu.postgres() + other.cpu.postgres()),
                (p50 + other.p50) / 2,
                (p99 + other.p99) / 2);
    }

    double perSecond() {
        return count / (duration.toNanos() / 1e9);
    }

    double serverMicros() {
        return (double) cpu.server() / count;
    }

    double postgresMicros() {
        return (double) cpu.postgres() / count;
    }

    private static double micros(long[] ascending, double quantile) {
        return ascending[(int) Math.min(ascending.length - 1, Math.floor(ascending.length * quantile))] / 1e3;
    }
}
