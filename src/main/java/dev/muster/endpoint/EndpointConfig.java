package dev.muster.endpoint;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where the SCIM endpoint is reached. */
@ConfigMapping(prefix = "muster")
public interface EndpointConfig {

    /**
     * The base URL as identity providers see it, without a trailing slash, such as {@code https://scim.example.com}. Where it
     * is not set, it follows from the request: from {@code Forwarded} or {@code X-Forwarded-*} of trusted proxies
     * ({@code quarkus.http.proxy.trusted-proxies}), else from {@code Host}.
     */
    Optional<URI> baseUrl();

    /** How a tenant is found where its id is not in the path. */
    Tenancy tenancy();

    /** How a tenant is found where its id is not in the path. */
    interface Tenancy {

        /** The id of the one tenant that is served at {@code /scim/v2} besides its ordinary Tenant URL. */
        Optional<String> single();

        /**
         * A host suffix such as {@code .example.com}: {@code https://acme.example.com/scim/v2} is then the Tenant URL of
         * {@code acme}.
         */
        Optional<String> hostSuffix();
    }
}
