package dev.muster.account;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an import, or of a part of it.
 *
 * @param lines those that are not empty: each is one of the four that follow
 * @param unchanged accounts that are so already, or that have a user by now
 * @param errors the first of those lines that have failed
 */
public record ImportReport(long lines, long imported, long updated, long unchanged, long failed, List<Error> errors) {

    static final ImportReport NOTHING = new ImportReport(0, 0, 0, 0, 0, List.of());

    private static final int MOST_ERRORS = 100;

    /**
     * A line that has failed.
     *
     * @param line from 1
     * @param field the field that is wrong; {@code /} for the line as a whole
     * @param reason what is wrong and what to do
     */
    public record Error(long line, @Nullable String field, String reason) {}

    public ImportReport {
        errors = List.copyOf(errors);
    }

    ImportReport and(ImportReport later) {
        return new ImportReport(
                lines + later.lines,
                imported + later.imported,
                updated + later.updated,
                unchanged + later.unchanged,
                failed + later.failed,
                Stream.concat(errors.stream(), later.errors.stream())
                        .limit(MOST_ERRORS)
                        .toList());
    }
}
