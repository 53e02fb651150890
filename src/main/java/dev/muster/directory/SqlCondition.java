package dev.muster.directory;

import java.util.List;

/**
 * An SQL condition over the alias {@code r} of table {@code resource}. It may be null where it does not hold, which a
 * {@code where} clause takes for false.
 *
 * @param text the condition; equal for filters of the same shape, so that prepared statements are found again
 * @param parameters the values of its own placeholders, in their order; {@code $1} (tenant id) and {@code $2} (type name),
 *     which it may also use, are the caller's
 */
public record SqlCondition(String text, List<Object> parameters) {

    public SqlCondition {
        parameters = List.copyOf(parameters);
    }
}
