package dev.muster.oauth;

import dev.muster.tenant.client.ClientProof;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for an access token (RFC 6749 §4.4.2).
 *
 * @param byHeader whether the client shows itself by the Authorization header
 * @param scopes those that it asks for; none where it asks for none
 */
record TokenRequest(ClientProof proof, boolean byHeader, Set<String> scopes) {

    static final String CLIENT_CREDENTIALS = "client_credentials";

    private static final String BASIC = "Basic ";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int MOST_PARAMETERS = 32;

    /** Values of these parameters, each sent once at most (RFC 6749 §3.2); others are ignored. */
    private record Form(Map<String, List<String>> parameters) {

        static Form of(byte[] body) {
            try {
                return new Form(new QueryStringDecoder(
                                new String(body, StandardCharsets.UTF_8),
                                StandardCharsets.UTF_8,
                                false,
                                MOST_PARAMETERS)
                        .parameters());
            } catch (IllegalArgumentException e) {
                throw OAuthException.of(
                        OAuthError.INVALID_REQUEST, "The request body is no application/x-www-form-urlencoded.");
            }
        }

        /** A parameter; null where it is not there, or empty (RFC 6749 §3.2). */
        @Nullable
        String get(String name) {
            List<String> values = parameters.getOrDefault(name, List.of());
            if (values.size() > 1) {
                throw OAuthException.of(OAuthError.INVALID_REQUEST, "The parameter " + name + " must be sent once.");
            }
            return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
        }
    }

    /**
     * Reads a request.
     *
     * @throws OAuthException where it is none, or shows no client
     */
    static TokenRequest of(@Nullable String authorization, byte[] body) {
        Form form = Form.of(body);
        String grantType = form.get("grant_type");
        if (grantType == null) {
            throw OAuthException.of(
                    OAuthError.INVALID_REQUEST, "The parameter grant_type is missing: it must be client_credentials.");
        }
        if (!grantType.equals(CLIENT_CREDENTIALS)) {
            throw OAuthException.of(
                    OAuthError.UNSUPPORTED_GRANT_TYPE, "The parameter grant_type must be client_credentials.");
        }
        return new TokenRequest(proof(authorization, form), authorization != null, scopes(form.get("scope")));
    }

    private static Set<String> scopes(@Nullable String scope) {
        return scope == null
                ? Set.of()
                : Stream.of(scope.split(" ")).filter(one -> !one.isEmpty()).collect(Collectors.toSet());
    }

    /** In one way only: a client must not use more than one in a request (RFC 6749 §2.3). */
    private static ClientProof proof(@Nullable String authorization, Form form) {
        Optional<ClientProof> byHeader = Optional.ofNullable(authorization).map(TokenRequest::basic);
        Optional<ClientProof> bySecret = Optional.ofNullable(form.get("client_secret"))
                .map(secret -> new ClientProof.Secret(clientId(form), secret));
        Optional<ClientProof> byAssertion =
                Optional.ofNullable(form.get("client_assertion")).map(jwt -> assertion(jwt, form));
        List<ClientProof> shown = Stream.of(byHeader, bySecret, byAssertion)
                .flatMap(Optional::stream)
                .toList();
        if (shown.size() > 1) {
            throw OAuthException.of(
                    OAuthError.INVALID_REQUEST,
                    "The client must show itself in one way: by the header Authorization, by client_secret, or by"
                            + " client_assertion.");
        }
        return shown.stream().findFirst().orElseThrow(() -> OAuthException.unauthenticated(false));
    }

    private static String clientId(Form form) {
        String id = form.get("client_id");
        if (id == null) {
            throw OAuthException.of(OAuthError.INVALID_REQUEST, "The parameter client_id is missing.");
        }
        return id;
    }

    private static ClientProof assertion(String jwt, Form form) {
        if (!JWT_BEARER.equals(form.get("client_assertion_type"))) {
            throw OAuthException.of(
                    OAuthError.INVALID_REQUEST, "The parameter client_assertion_type must be " + JWT_BEARER + ".");
        }
        ClientProof.Assertion assertion = new ClientProof.Assertion(jwt);
        String named = form.get("client_id");
        if (named != null && !assertion.clientId().equals(Optional.of(named))) {
            throw OAuthException.unauthenticated(false);
        }
        return assertion;
    }

    /** What Muster gives for ids and secrets reads the same form-encoded (RFC 6749 §2.3.1) and not. */
    private static ClientProof basic(String authorization) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw OAuthException.unauthenticated(true);
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            if (parts.length == 2) {
                return new ClientProof.Secret(parts[0], parts[1]);
            }
        } catch (IllegalArgumentException notBase64) {
            throw OAuthException.unauthenticated(true);
        }
        throw OAuthException.unauthenticated(true);
    }
}
