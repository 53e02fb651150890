package dev.muster.rest;

import java.util.regex.Pattern;

/** Where the authorization server of a tenant is. */
public final class OAuthAddress {

    /** The name of the path parameter. */
    public static final String TENANT = "tenant";

    /** The path of the token endpoint. */
    public static final String TOKEN_ENDPOINT = "/t/{" + TENANT + "}/oauth2/token";

    /** The well-known part stands between the host and the path of the issuer (RFC 8414 §3.1). */
    public static final String METADATA = "/.well-known/oauth-authorization-server/t/{" + TENANT + "}";

    private static final Pattern BELOW = Pattern.compile("/t/[^/]*/oauth2(/.*)?", Pattern.DOTALL);

    private OAuthAddress() {}

    /** The token endpoint's URL, which is what operators hand on with a client's id and secret. */
    public static String tokenEndpoint(String base, String tenant) {
        return issuer(base, tenant) + "/oauth2/token";
    }

    /** The name of the tenant's authorization server. */
    public static String issuer(String base, String tenant) {
        return base + "/t/" + tenant;
    }

    /** Whether a path, decoded or not, is that of a token endpoint. */
    public static boolean concerns(String path) {
        return BELOW.matcher(path).matches();
    }
}
