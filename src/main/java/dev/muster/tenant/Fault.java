package dev.muster.tenant;

/**
 * What is wrong with one field of a document.
 *
 * @param field its JSON pointer
 * @param detail what is wrong and what to do
 */
public record Fault(String field, String detail) {}
