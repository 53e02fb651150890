package dev.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in docs/complaints.md names tests that exist, and leaves no complaint out. */
class ComplaintsTableTest {

    private static final Path SOURCES = Path.of("src/test/java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| C(\\d+) \\|.*\\|(.*)\\|$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

    private static Stream<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/complaints.md"))).results();
    }

    static Stream<String> tests() throws IOException {
        return rows().flatMap(row -> TEST.matcher(row.group(2)).results())
                .map(test -> test.group(1) + "." + test.group(2))
                .distinct();
    }

    @Test
    void everyComplaintHasARow() throws IOException {
        List<Integer> numbers = rows().map(row -> Integer.valueOf(row.group(1))).toList();
        assertEquals(IntStream.rangeClosed(1, 52).boxed().toList(), numbers);
        assertTrue(rows().noneMatch(row -> row.group(2).isBlank()), "a complaint without an answer");
    }

    @ParameterizedTest
    @MethodSource("tests")
    void everyTestThatIsNamedExists(String name) throws Exception {
        String[] parts = name.split("\\.");
        List<Path> files;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            files = all.filter(file -> file.endsWith(parts[0] + ".java")).toList();
        }
        assertEquals(1, files.size(), parts[0]);
        String source = SOURCES.relativize(files.getFirst()).toString();
        Class<?> test = Class.forName(
                source.replace(".java", "").replace('/', '.'), false, getClass().getClassLoader());
        assertTrue(
                Stream.of(test.getDeclaredMethods())
                        .filter(method -> method.getName().equals(parts[1]))
                        .anyMatch(ComplaintsTableTest::isTest),
                name);
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }
}
