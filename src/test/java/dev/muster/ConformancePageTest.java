package dev.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/conformance.md names is there. */
class ConformancePageTest {

    private static final Pattern NAMED = Pattern.compile("`(?:[a-z]+\\.)?([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");
    private static final Pattern REQUIREMENT = Pattern.compile("(?m)^\\| .*\\| ([^|]*) \\|$");

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Map<String, String> sources = sources();
        TreeSet<String> missing = new TreeSet<>();
        List<MatchResult> named = NAMED.matcher(page()).results().toList();
        for (MatchResult test : named) {
            String source = sources.getOrDefault(test.group(1), "");
            String method = test.group(2);
            boolean there = method == null
                    ? !source.isEmpty()
                    : Pattern.compile("\\s" + method + "\\(").matcher(source).find();
            if (!there) {
                missing.add(test.group());
            }
        }
        assertTrue(named.size() > 100, "only " + named.size() + " tests are named");
        assertEquals(new TreeSet<>(), missing);
    }

    @Test
    void everyRequirementHasATest() throws IOException {
        String requirements = page().substring(page().indexOf("## Requirements"));
        List<String> without = new ArrayList<>();
        for (MatchResult row : REQUIREMENT.matcher(requirements).results().toList()) {
            boolean heading = row.group(1).equals("test") || row.group(1).startsWith("---");
            if (!heading && !NAMED.matcher(row.group(1)).find()) {
                without.add(row.group());
            }
        }
        assertEquals(List.of(), without);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/conformance.md"));
    }

    /** Sources of test classes by the classes' simple names; of classes of the same name, all of them. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            ConformancePageTest::read,
                            (one, other) -> one + other));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
