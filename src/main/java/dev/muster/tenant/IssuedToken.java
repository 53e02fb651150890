package dev.muster.tenant;

/**
 * A new token, the only time that it is shown.
 *
 * @param token the whole token, to be handed to its holder
 */
public record IssuedToken(TokenInfo info, String token) {

    /** Without the token: it must not slip into a log. */
    @Override
    public String toString() {
        return "IssuedToken[" + info.id() + "]";
    }
}
