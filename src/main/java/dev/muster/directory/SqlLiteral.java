package dev.muster.directory;

/** A text constant in a statement: a name out of a schema, never a value that a client compares with. */
final class SqlLiteral {

    private SqlLiteral() {}

    /** {@code text} quoted; needs {@code standard_conforming_strings}, PostgreSQL's default. */
    static String of(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
