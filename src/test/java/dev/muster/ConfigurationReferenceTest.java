package dev.muster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.admin.AdminConfig;
import dev.muster.endpoint.EndpointConfig;
import dev.muster.limit.LimitsConfig;
import dev.muster.postgres.StorageConfig;
import dev.muster.rest.PublicConfig;
import dev.muster.tenant.TenantFilesConfig;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's configuration table names every key of Muster's own. */
class ConfigurationReferenceTest {

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsDocumented(String key) throws IOException {
        assertTrue(Files.readString(Path.of("README.md")).contains("| `" + key + "` |"), key);
    }

    static Stream<String> keys() {
        return Stream.of(
                        AdminConfig.class,
                        EndpointConfig.class,
                        LimitsConfig.class,
                        PublicConfig.class,
                        StorageConfig.class,
                        TenantFilesConfig.class)
                .flatMap(root -> keys(root.getAnnotation(ConfigMapping.class).prefix(), root));
    }

    private static Stream<String> keys(String prefix, Class<?> group) {
        return Stream.of(group.getDeclaredMethods()).flatMap(member -> keys(prefix, member));
    }

    private static Stream<String> keys(String prefix, Method member) {
        String key =
                prefix + "." + member.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return member.getReturnType().isInterface()
                        && member.getReturnType().getName().startsWith("dev.muster")
                ? keys(key, member.getReturnType())
                : Stream.of(key);
    }
}
