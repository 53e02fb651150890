package dev.muster.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;

/** The base URL as identity providers see it. */
@ApplicationScoped
class BaseUrl {

    private final EndpointConfig config;

    BaseUrl(EndpointConfig config) {
        this.config = config;
    }

    /** Without a trailing slash. Behind a proxy Quarkus has put the forwarded scheme, host and prefix into the request. */
    String of(ContainerRequestContext context) {
        String base = config.baseUrl()
                .map(URI::toString)
                .orElseGet(() -> context.getUriInfo().getBaseUri().toString());
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
