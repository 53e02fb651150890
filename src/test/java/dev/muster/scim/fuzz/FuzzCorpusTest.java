package dev.muster.scim.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays what fuzzing began with and what it has found: {@code src/test/resources/fuzz/}, a folder for each target. */
class FuzzCorpusTest {

    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "Bulk", BulkFuzz::fuzzerTestOneInput,
            "Filter", FilterFuzz::fuzzerTestOneInput,
            "Path", PathFuzz::fuzzerTestOneInput,
            "Resource", ResourceFuzz::fuzzerTestOneInput,
            "Patch", PatchFuzz::fuzzerTestOneInput);

    @TestFactory
    List<DynamicTest> everyInputIsAnsweredInTime() throws IOException, URISyntaxException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, Consumer<byte[]>> target : TARGETS.entrySet()) {
            List<Path> inputs = corpus(target.getKey());
            assertTrue(inputs.size() >= 10, target.getKey());
            for (Path input : inputs) {
                byte[] bytes = Files.readAllBytes(input);
                tests.add(DynamicTest.dynamicTest(
                        target.getKey() + "/" + input.getFileName(),
                        () -> assertTimeout(
                                Duration.ofSeconds(10), () -> target.getValue().accept(bytes))));
            }
        }
        return tests;
    }

    private static List<Path> corpus(String target) throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(FuzzCorpusTest.class.getResource("/fuzz/" + target), target);
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}
