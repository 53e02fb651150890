package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody can read resources or members for SCIM, or remove members, and forget the scope: the repositories ask for it. */
class ScopedReadsTest {

    /** What tells of resources that are there. */
    private static final List<String> TELLING = List.of("StoredResource", "$Locked", "$Found", "Member>", "Set<");

    /** By number only, which a scope has to bound as well. */
    private static final Set<String> TELLING_NAMES = Set.of("count", "unknown");

    /** What is new is checked before it is written; groups are in every scope. */
    private static final Set<String> TELLING_NOTHING = Set.of("insert", "groups");

    @Test
    void everyReadAsksForTheScope() {
        List<Method> reads = methods().filter(ScopedReadsTest::tells).toList();
        assertTrue(reads.size() >= 9, reads::toString);
        assertEquals(
                List.of(), reads.stream().filter(ScopedReadsTest::isUnscoped).toList());
    }

    @Test
    void everyRemovalOfMembersAsksForTheScope() {
        List<Method> removals = methods()
                .filter(method -> method.getName().startsWith("remove"))
                .toList();
        assertTrue(removals.size() >= 4, removals::toString);
        assertEquals(
                List.of(), removals.stream().filter(ScopedReadsTest::isUnscoped).toList());
    }

    private static Stream<Method> methods() {
        return Stream.of(
                        ResourceRepository.class,
                        BatchRepository.class,
                        MembershipRepository.class,
                        SearchRepository.class)
                .flatMap(repository -> Arrays.stream(repository.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic()
                        && !Modifier.isPrivate(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers()));
    }

    private static boolean tells(Method method) {
        String result = method.getGenericReturnType().getTypeName();
        return !TELLING_NOTHING.contains(method.getName())
                && (TELLING_NAMES.contains(method.getName()) || TELLING.stream().anyMatch(result::contains));
    }

    /** {@link SearchSql} is made with the scope. */
    private static boolean isUnscoped(Method method) {
        return Stream.of(method.getParameterTypes())
                .noneMatch(parameter -> parameter == TenantScope.class || parameter == SearchSql.class);
    }
}
