package dev.muster.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to measure; each from a system property.
 *
 * @param users {@code bench.users}: how many users are there, at least 4,000
 * @param connections {@code bench.connections}: each sends its next request when the last was answered
 * @param warmUp {@code bench.warmup}: seconds of every request before it is measured
 * @param duration {@code bench.seconds}: seconds of every measurement
 * @param only {@code bench.only}: parts of the names of operations, with commas between; none: all
 * @param javaOptions {@code bench.java-options}: more options for the server's JVM, with spaces between
 * @param application the folder of the packaged server
 */
record BenchSettings(
        int users,
        int connections,
        Duration warmUp,
        Duration duration,
        List<String> only,
        List<String> javaOptions,
        Path application) {

    static BenchSettings fromSystemProperties() {
        return new BenchSettings(
                Math.max(4_000, Integer.getInteger("bench.users", 20_000)),
                Integer.getInteger("bench.connections", 16),
                Duration.ofSeconds(Integer.getInteger("bench.warmup", 8)),
                Duration.ofSeconds(Integer.getInteger("bench.seconds", 10)),
                words("bench.only", ","),
                words("bench.java-options", " "),
                Path.of(System.getProperty("bench.application", "target/quarkus-app")));
    }

    /** The members of each measured group before it is measured. */
    int groupSize() {
        return Math.min(10_000, users / 2);
    }

    /** The users that are not in a group: those that are read and changed. */
    int outsideGroups() {
        return users - groupSize();
    }

    /** Whether an operation of this name is to be measured. */
    boolean measures(String name) {
        return only.isEmpty() || only.stream().anyMatch(name::contains);
    }

    /** The same settings with one more option for the server's JVM. */
    BenchSettings withJavaOption(String option) {
        List<String> options =
                Stream.concat(javaOptions.stream(), Stream.of(option)).toList();
        return new BenchSettings(users, connections, warmUp, duration, only, options, application);
    }

    private static List<String> words(String property, String separator) {
        String value = System.getProperty(property, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split(separator));
    }
}
