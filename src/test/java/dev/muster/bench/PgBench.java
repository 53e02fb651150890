package dev.muster.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the SQL of an operation with nothing in front of PostgreSQL: {@code pgbench -M prepared}, as the role that Muster works
 * as. The scripts stand in {@code src/test/resources/bench} and say what the repositories say; a changed statement must be
 * changed there too.
 */
final class PgBench {

    private static final Duration RUN_IN = Duration.ofSeconds(1);
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");

    private final MusterProcess muster;
    private final BenchSettings settings;
    private final DatabaseState state;
    private final Path directory;

    PgBench(MusterProcess muster, BenchSettings settings, DatabaseState state, Path directory) {
        this.muster = muster;
        this.settings = settings;
        this.state = state;
        this.directory = directory;
    }

    /** Fails with what to install where there is no pgbench. */
    static void require() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("pgbench", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return;
            }
        } catch (IOException absent) {
            throw new IllegalStateException(message(), absent);
        }
        throw new IllegalStateException(message());
    }

    private static String message() {
        return "pgbench is not on the PATH. It is part of PostgreSQL: Debian's packages postgresql-15 (or a newer one)"
                + " and postgresql-client-common, or postgresql-contrib elsewhere.";
    }

    /** Measures in the midst of a run: what the back ends used is lost to view when they have ended. */
    Figures run(String script, Duration duration) throws Exception {
        List<Path> prepared = prepared(script);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<String> output = threads.submit(() -> execute(prepared, duration.plus(RUN_IN.multipliedBy(2))));
            Thread.sleep(RUN_IN);
            CpuTimes before = muster.cpu();
            Thread.sleep(duration);
            CpuTimes used = muster.cpu().since(before);
            double rate = Double.parseDouble(found(RATE, output.get()));
            double average = Double.parseDouble(found(LATENCY, output.get())) * 1000;
            return new Figures(Math.round(rate * duration.toNanos() / 1e9), duration, used, average, Double.NaN);
        }
    }

    /** A copy of the script for each sample, of which pgbench takes one at random for each transaction. */
    private List<Path> prepared(String script) throws IOException {
        try (InputStream resource = PgBench.class.getResourceAsStream("/bench/" + script)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> replacement : state.texts().entrySet()) {
                text = text.replace("@" + replacement.getKey() + "@", replacement.getValue());
            }
            List<Path> copies = new ArrayList<>();
            for (int n = 0; n < DatabaseState.SAMPLE; n++) {
                copies.add(Files.writeString(directory.resolve(n + "-" + script), ofSample(text, n)));
            }
            return copies;
        }
    }

    private String ofSample(String script, int n) {
        String text = script.replace("\\set n random(1, :sample)", "\\set n " + (n + 1));
        for (Map.Entry<String, List<String>> sample : state.samples().entrySet()) {
            text = text.replace(
                    "(@" + sample.getKey() + "@)[:n]", sample.getValue().get(n));
        }
        return text;
    }

    private String execute(List<Path> scripts, Duration duration) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("pgbench", "-M", "prepared", "-n"));
        command.addAll(List.of("-c", Integer.toString(settings.connections()), "-j", "1"));
        command.addAll(List.of("-T", Long.toString(duration.toSeconds())));
        scripts.forEach(script -> command.addAll(List.of("-f", script.toString())));
        state.variables().forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(muster.postgresPort())));
        command.addAll(List.of("-U", "muster_app", "muster"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", muster.password("muster_app"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pgbench " + scripts.getFirst().getFileName() + ": " + output);
        }
        return output;
    }

    private static String found(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("pgbench says no " + pattern + ": " + output);
        }
        return matcher.group(1);
    }
}
