package dev.muster.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** The base URL as clients see it: identity providers, products and operators. */
@ApplicationScoped
public class BaseUrl {

    private final PublicConfig config;

    BaseUrl(PublicConfig config) {
        this.config = config;
    }

    /** Without a trailing slash: the configured one, else the one by which the request has come. */
    public String of(UriInfo uri) {
        return config.baseUrl()
                .map(URI::toString)
                .map(BaseUrl::withoutTrailingSlash)
                .orElseGet(() -> ofRequest(uri.getRequestUri(), uri.getPath()));
    }

    /**
     * What stands before the path that the server itself sees. Behind a proxy Quarkus has put the forwarded scheme, host, port
     * and prefix into the request URI, so that its path may begin with more than the server's own.
     *
     * @param path the path as the server sees it, decoded
     */
    static String ofRequest(URI request, String path) {
        String whole = request.getPath();
        String prefix = whole.endsWith(path) ? whole.substring(0, whole.length() - path.length()) : "";
        return withoutTrailingSlash(request.getScheme() + "://" + request.getRawAuthority() + prefix);
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
