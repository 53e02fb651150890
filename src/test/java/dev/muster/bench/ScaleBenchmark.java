package dev.muster.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows that cost does not grow with the tenant: the same requests in a tenant of 1,000 users and in one of a million, whose
 * one group has a million members, beside 1,000 further tenants of 1,000 users, with 512 MB of heap. Prints ratios of CPU
 * measured by turns in one run. What can be set: {@code scale.users} (1,000,000), {@code scale.tenants} (1,000) and
 * {@code scale.directory}, where the loaded data are kept for another run, besides {@code bench.seconds}, {@code bench.warmup},
 * {@code bench.connections} and {@code bench.only}, which knows {@code streams} besides the names of operations.
 */
public final class ScaleBenchmark {

    /** Users that are not yet members of the group, to be added to it. */
    private static final int OUTSIDE = 10_000;

    private final BenchSettings settings;
    private final MusterProcess muster;
    private final HeapLog heap;
    private final Path loaded;
    private final Map<String, String> tokens = new HashMap<>();

    private ScaleBenchmark(BenchSettings settings, MusterProcess muster, HeapLog heap, Path loaded) {
        this.settings = settings;
        this.muster = muster;
        this.heap = heap;
        this.loaded = loaded;
    }

    /** Runs the whole of it in a new temporary directory, which is removed at the end, or in the one that is to be kept. */
    public static void main(String... arguments) throws Exception {
        String kept = System.getProperty("scale.directory");
        Path directory = kept == null
                ? Files.createTempDirectory("muster-scale")
                : Files.createDirectories(Path.of(kept).toAbsolutePath());
        HeapLog heap = new HeapLog(directory.resolve("gc.log"));
        BenchSettings settings = BenchSettings.fromSystemProperties().withJavaOption(heap.option());
        try (MusterProcess muster = MusterProcess.start(settings, directory.resolve("data"))) {
            muster.untilAnswered("/admin/api/tenants", MusterProcess.ADMIN_TOKEN);
            new ScaleBenchmark(settings, muster, heap, directory.resolve("loaded")).run();
        } finally {
            if (kept == null) {
                Benchmark.delete(directory);
            }
        }
    }

    private void run() throws Exception {
        int users = Integer.getInteger("scale.users", 1_000_000);
        ScaleTenant small = new ScaleTenant("small", 1_000, 1_000);
        ScaleTenant smallGroup = new ScaleTenant("small-group", 1_000 + OUTSIDE, 1_000);
        ScaleTenant large = new ScaleTenant("large", users + OUTSIDE, users);
        List<ScaleTenant> measured = List.of(small, smallGroup, large);
        if (!Files.exists(loaded)) {
            load(measured);
            Files.createFile(loaded);
        }
        for (ScaleTenant tenant : measured) {
            tokens.put(tenant.id(), Benchmark.newToken(muster.port(), tenant.id()));
        }
        ScaleOperations operations = new ScaleOperations(tenant -> new RequestText(muster.port(), tokens.get(tenant)));
        ScaleReport.head(small, large);
        compare(operations.ofResources(), settings.connections(), small, large);
        ScaleReport.head(smallGroup, large);
        compare(operations.ofMembers(), 1, smallGroup, large);
        if (settings.measures("streams")) {
            streams(large);
        }
    }

    private void load(List<ScaleTenant> measured) throws Exception {
        List<ScaleTenant> tenants = new ArrayList<>(measured);
        for (int number = 0; number < Integer.getInteger("scale.tenants", 1_000); number++) {
            tenants.add(new ScaleTenant("further-" + number, 1_000, 100));
        }
        long begin = System.nanoTime();
        for (ScaleTenant tenant : tenants) {
            Benchmark.newTenant(muster.port(), tenant.id());
        }
        new ScaleData(muster).load(tenants);
        ScaleReport.loaded(
                tenants.stream().mapToInt(ScaleTenant::users).sum(), Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Small and large by turns, twice, so that what else the machine does falls on both. */
    private void compare(List<ScaleOperations.Scaled> operations, int connections, ScaleTenant small, ScaleTenant large)
            throws Exception {
        ClosedLoop loop = new ClosedLoop(muster.port(), connections);
        for (ScaleOperations.Scaled scaled : operations) {
            if (settings.measures(scaled.name())) {
                Function<ScaleTenant, Operation> of = scaled.of();
                loop.run(of.apply(small), settings.warmUp());
                loop.run(of.apply(large), settings.warmUp());
                Figures firstSmall = measured(loop, of.apply(small));
                Figures firstLarge = measured(loop, of.apply(large));
                Figures secondSmall = measured(loop, of.apply(small));
                Figures secondLarge = measured(loop, of.apply(large));
                ScaleReport.row(scaled.name(), firstSmall.and(secondSmall), firstLarge.and(secondLarge));
            }
        }
    }

    private Figures measured(ClosedLoop loop, Operation operation) throws Exception {
        CpuTimes before = muster.cpu();
        long begin = System.nanoTime();
        long[] latencies = loop.run(operation, settings.duration());
        return Figures.of(
                latencies,
                Duration.ofNanos(System.nanoTime() - begin),
                muster.cpu().since(before));
    }

    private void streams(ScaleTenant large) throws Exception {
        ScaleStreams streams = new ScaleStreams(muster.port(), tokens.get(large.id()), large);
        streams.page(1, 100);
        ScaleReport.writers(streams.concurrentWriters());
        heap.largestAfterCollection();
        ScaleReport.group(streams.group(), heap.largestAfterCollection());
        ScaleReport.cursors(streams.users(1_000), heap.largestAfterCollection());
        int far = (int) (0.9 * large.members()) + 1;
        ScaleReport.indexes(far, streams.page(1, 100), streams.page(far, 100), streams.page(far + 100, 100));
    }
}
