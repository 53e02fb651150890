package dev.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseLocationTest {
    private static final DatabaseLocation BOTH = new DatabaseLocation(
            "postgresql://db:5432/muster?sslmode=require", "jdbc:postgresql://db:5432/muster?sslmode=require");

    @Test
    void isEmptyWhereNothingIsConfigured() {
        assertEquals(Optional.empty(), DatabaseLocation.in(configuration(Map.of())));
    }

    @Test
    void derivesTheJdbcUrl() {
        assertEquals(
                Optional.of(BOTH),
                DatabaseLocation.in(configuration(Map.of("quarkus.datasource.reactive.url", BOTH.reactiveUrl()))));
    }

    @Test
    void derivesTheReactiveUrl() {
        assertEquals(
                Optional.of(BOTH),
                DatabaseLocation.in(configuration(Map.of("quarkus.datasource.jdbc.url", BOTH.jdbcUrl()))));
    }

    @Test
    void keepsBothWhereBothAreGiven() {
        Map<String, String> given = Map.of(
                "quarkus.datasource.reactive.url", "postgresql://a/x,postgresql://b/x",
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://a,b/x");
        assertEquals(
                given, DatabaseLocation.in(configuration(given)).orElseThrow().configuration());
    }

    @Test
    void asksForTheJdbcUrlWhereItCannotBeDerived() {
        SmallRyeConfig several =
                configuration(Map.of("quarkus.datasource.reactive.url", "postgresql://a/x,postgresql://b/x"));
        assertThrows(IllegalArgumentException.class, () -> DatabaseLocation.in(several));
    }

    private static SmallRyeConfig configuration(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
