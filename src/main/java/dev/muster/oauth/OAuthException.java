package dev.muster.oauth;

/** A request to the token endpoint that gets no token. */
final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient OAuthError error;
    private final boolean challenged;

    private OAuthException(int status, OAuthError error, boolean challenged) {
        super(error.description(), null, false, false);
        this.status = status;
        this.error = error;
        this.challenged = challenged;
    }

    /** The request cannot be carried out as it is. */
    static OAuthException of(String code, String description) {
        return new OAuthException(400, new OAuthError(code, description), false);
    }

    /**
     * The client has not shown who it is. One text for every reason: what is wrong with a credential is not said.
     *
     * @param byHeader whether it has tried by the Authorization header: then it is told which scheme is taken there
     */
    static OAuthException unauthenticated(boolean byHeader) {
        return new OAuthException(
                401,
                new OAuthError(
                        OAuthError.INVALID_CLIENT,
                        "The client must show who it is, with its id and a valid secret or with an assertion. A secret may"
                                + " have expired or been revoked; the operator's provisioning log says what is wrong."),
                byHeader);
    }

    int status() {
        return status;
    }

    OAuthError error() {
        return error;
    }

    boolean isChallenged() {
        return challenged;
    }
}
