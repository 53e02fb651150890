package dev.muster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final int MAX_LINES = 400;

    private static final JavaClasses MUSTER = new ClassFileImporter().importPath(Path.of("target", "classes"));
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("dev.muster.architecture.broken");

    static Stream<ArchRule> rulesOfMuster() {
        return new ArchitectureRules("dev.muster.").all();
    }

    static Stream<ArchRule> rulesOfTheBrokenHouse() {
        return new ArchitectureRules("dev.muster.architecture.broken.").all();
    }

    @ParameterizedTest
    @MethodSource("rulesOfMuster")
    void holdsInMuster(ArchRule rule) {
        rule.check(MUSTER);
    }

    /** Negative control: a rule that nothing can break says nothing about Muster either. */
    @ParameterizedTest
    @MethodSource("rulesOfTheBrokenHouse")
    void catchesTheClassesThatBreakIt(ArchRule rule) {
        assertTrue(rule.evaluate(BROKEN).hasViolation(), rule.getDescription());
    }

    @Test
    void looksAtMustersClasses() {
        assertFalse(MUSTER.isEmpty());
        assertTrue(MUSTER.contain("dev.muster.Main"));
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        List<Path> unmarked = mainSources()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !isNullMarked(folder.resolve("package-info.java")))
                .toList();
        assertEquals(List.of(), unmarked, "packages without a package-info.java that says @NullMarked");
    }

    @Test
    void noFileIsTooLongToReadInOneSitting() throws IOException {
        List<Path> tooLong =
                mainSources().filter(file -> lines(file).size() > MAX_LINES).toList();
        assertEquals(List.of(), tooLong, "files over " + MAX_LINES + " lines");
    }

    private static Stream<Path> mainSources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static boolean isNullMarked(Path packageInfo) {
        return Files.exists(packageInfo) && lines(packageInfo).contains("@NullMarked");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
