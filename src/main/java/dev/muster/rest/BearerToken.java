package dev.muster.rest;

/** The token in an Authorization header. */
public final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /** The token, with or without {@code Bearer} in front: Okta's header mode sends what was pasted. */
    public static String in(String authorization) {
        String value = authorization.strip();
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? value.substring(SCHEME.length()).strip()
                : value;
    }
}
