package dev.muster.directory;

import java.util.List;

/**
 * A statement and the values of its placeholders, in their order.
 *
 * @param text equal for searches of the same shape, so that prepared statements are found again
 */
record SqlStatement(String text, List<Object> parameters) {

    SqlStatement {
        parameters = List.copyOf(parameters);
    }
}
