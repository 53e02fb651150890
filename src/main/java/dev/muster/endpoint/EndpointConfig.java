package dev.muster.endpoint;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where the SCIM endpoint is reached. */
@ConfigMapping(prefix = "muster")
public interface EndpointConfig {

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
