package dev.muster.bench;

import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * One kind of request that is measured.
 *
 * @param expected the status of every answer
 * @param requests for each connection, by its number from 0, where its requests come from
 * @param script the pgbench script with the same SQL
 */
record Operation(String name, int expected, IntFunction<Supplier<byte[]>> requests, String script) {}
