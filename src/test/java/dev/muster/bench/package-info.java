/** Measures the packaged server beside pgbench on the same PostgreSQL: {@code ./mvnw -q -Pbench verify -DskipTests}. */
@NullMarked
package dev.muster.bench;

import org.jspecify.annotations.NullMarked;
