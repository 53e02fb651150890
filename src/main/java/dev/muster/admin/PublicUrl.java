package dev.muster.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The base URL that operators hand on: the configured one, else the one by which they have come. */
@ApplicationScoped
class PublicUrl {

    private final Optional<String> configured;

    PublicUrl(@ConfigProperty(name = "muster.base-url") Optional<String> configured) {
        this.configured = configured;
    }

    /** Without a trailing slash. */
    String of(UriInfo uri) {
        String base = configured.orElseGet(() -> uri.getBaseUri().toString());
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
