package dev.muster.rest;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where Muster is reached. */
@ConfigMapping(prefix = "muster")
public interface PublicConfig {

    /**
     * The base URL as identity providers see it, without a trailing slash, such as {@code https://scim.example.com}. Where it
     * is not set, it follows from the request: from {@code Forwarded} or {@code X-Forwarded-*} of trusted proxies
     * ({@code quarkus.http.proxy.trusted-proxies}), else from {@code Host}.
     */
    Optional<URI> baseUrl();
}
