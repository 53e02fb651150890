package dev.muster;

import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where the operator's database is, in the two forms that the reactive client and Flyway's JDBC driver want.
 *
 * @param reactiveUrl {@code postgresql://host:port/database}
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}
 */
record DatabaseLocation(String reactiveUrl, String jdbcUrl) {
    static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
    static final String JDBC_URL = "quarkus.datasource.jdbc.url";

    private static final String JDBC_PREFIX = "jdbc:";
    private static final String VERTX_PREFIX = "vertx-reactive:";

    /** The location that {@code configuration} names; one of the two URLs is enough. Empty if it names none. */
    static Optional<DatabaseLocation> in(Config configuration) {
        Optional<String> reactive = configuration.getOptionalValue(REACTIVE_URL, String.class);
        Optional<String> jdbc = configuration.getOptionalValue(JDBC_URL, String.class);
        if (reactive.isEmpty() && jdbc.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DatabaseLocation(
                reactive.orElseGet(() -> reactiveFrom(jdbc.orElseThrow())),
                jdbc.orElseGet(() -> jdbcFrom(reactive.orElseThrow()))));
    }

    /** The Quarkus configuration of both clients. */
    Map<String, String> configuration() {
        return Map.of(REACTIVE_URL, reactiveUrl, JDBC_URL, jdbcUrl);
    }

    private static String reactiveFrom(String jdbcUrl) {
        if (!jdbcUrl.startsWith(JDBC_PREFIX + "postgresql://")) {
            throw new IllegalArgumentException(JDBC_URL + " must start with jdbc:postgresql://");
        }
        return jdbcUrl.substring(JDBC_PREFIX.length());
    }

    private static String jdbcFrom(String reactiveUrl) {
        String location =
                reactiveUrl.startsWith(VERTX_PREFIX) ? reactiveUrl.substring(VERTX_PREFIX.length()) : reactiveUrl;
        if (!location.startsWith("postgresql://") || location.contains(",")) {
            throw new IllegalArgumentException("Set " + JDBC_URL + " as well: it can only be derived from a "
                    + REACTIVE_URL + " with one address that starts with postgresql://");
        }
        return JDBC_PREFIX + location;
    }
}
