package dev.muster.limit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit outside of its bounds stops the start with a message that names the key and the bound. */
class LimitsConfigTest {

    static Stream<Method> limits() {
        return Stream.of(LimitsConfig.class.getDeclaredMethods()).filter(method -> !method.isSynthetic());
    }

    private static LimitsConfig configured(String key, long value) {
        return new SmallRyeConfigBuilder()
                .withMapping(LimitsConfig.class)
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withSources(new PropertiesConfigSource(Map.of(key, Long.toString(value)), "test", 1))
                .build()
                .getConfigMapping(LimitsConfig.class);
    }

    private static String key(Method limit) {
        return "muster.limits." + limit.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void everyLimitStaysWithinItsBounds(Method limit) {
        long least = limit.getAnnotation(Min.class).value();
        long most = limit.getAnnotation(Max.class).value();
        assertDoesNotThrow(() -> configured(key(limit), least));
        assertDoesNotThrow(() -> configured(key(limit), most));
        assertRefused(limit, least - 1, least);
        assertRefused(limit, most + 1, most);
    }

    private static void assertRefused(Method limit, long value, long bound) {
        String message = assertThrows(ConfigValidationException.class, () -> configured(key(limit), value))
                .getMessage();
        assertTrue(message.contains(key(limit)) && message.contains(Long.toString(bound)), message);
    }

    @Test
    void theLowestRateAndTheMostMembersAreThoseThatIdentityProvidersRelyOn() throws NoSuchMethodException {
        assertEquals(
                25,
                LimitsConfig.class
                        .getMethod("requestsPerSecond")
                        .getAnnotation(Min.class)
                        .value());
        assertEquals(
                10_000,
                LimitsConfig.class
                        .getMethod("membersPerRequest")
                        .getAnnotation(Min.class)
                        .value());
    }

    @Test
    void theUsualPageIsNeverLargerThanTheLargest() {
        MemorySize anyBody = new MemorySize(BigInteger.TEN);
        Limits limits = new Limits(configured("muster.limits.largest-page", 10), anyBody);
        assertEquals(10, limits.page().usual());
    }
}
