package dev.muster.directory;

/**
 * What resources are sorted by before their ids.
 *
 * @param expression over the alias {@code r} of table {@code resource}; null where a resource has no value
 * @param type its SQL type: text, numeric, boolean, timestamptz or int8
 */
record SortKey(String expression, String type) {}
