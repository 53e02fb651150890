package dev.muster.postgres;

/**
 * A database role and its password.
 *
 * @param user the role
 * @param password its password in clear; keep it out of logs
 */
public record DatabaseLogin(String user, String password) {
    /** Without the password: a record's own form would carry it into logs. */
    @Override
    public String toString() {
        return "DatabaseLogin[" + user + "]";
    }
}
