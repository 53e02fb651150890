package dev.muster.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The base URL that operators hand on: the configured one, else the one by which they have come. */
@ApplicationScoped
class PublicUrl {

    private static final String API = "/admin/api";

    private final Optional<String> configured;

    PublicUrl(@ConfigProperty(name = "muster.base-url") Optional<String> configured) {
        this.configured = configured;
    }

    /** Without a trailing slash. Behind a proxy the request URI holds the forwarded scheme, host, port and prefix. */
    String of(UriInfo uri) {
        String request = uri.getRequestUri().toString();
        int end = request.indexOf(API);
        String base = configured.orElseGet(() -> end < 0 ? uri.getBaseUri().toString() : request.substring(0, end));
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
