package dev.muster.endpoint;

import dev.muster.scim.error.ScimException;
import dev.muster.tenant.Credential;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.Tenants;
import dev.muster.tenant.TokenScope;
import dev.muster.tenant.Tokens;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** The filters that every SCIM request passes, in their order: address, then authentication. */
class RequestFilters {

    private static final int ADDRESS = 1000;
    private static final int AUTHENTICATION = 2000;

    private static final Pattern DISCOVERY =
            Pattern.compile("/t/[^/]*/scim/v2/(ServiceProviderConfig|ResourceTypes|Schemas)(/[^/]*)?/?");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final EndpointConfig config;
    private final BaseUrl baseUrl;
    private final Tenants tenants;
    private final Tokens tokens;

    RequestFilters(EndpointConfig config, BaseUrl baseUrl, Tenants tenants, Tokens tokens) {
        this.config = config;
        this.baseUrl = baseUrl;
        this.tenants = tenants;
        this.tokens = tokens;
    }

    /** Gives {@code /scim/v2} the tenant that the configuration or the host means. */
    @ServerRequestFilter(preMatching = true, priority = ADDRESS)
    void address(ContainerRequestContext context) {
        String path = context.getUriInfo().getRequestUri().getRawPath();
        if (ScimAddress.isBare(path)) {
            tenantOfHost(context)
                    .or(() -> config.tenancy().single())
                    .ifPresent(tenant -> new ScimAddress(tenant, "").redirect(context));
        }
    }

    /**
     * Lets a SCIM request pass with a valid token of scope {@code scim} of the tenant in its address. Discovery (RFC 7644 §4)
     * can be read without one. What is wrong with a credential is not said.
     */
    @ServerRequestFilter(priority = AUTHENTICATION)
    Uni<@Nullable Response> authentication(ContainerRequestContext context) {
        Optional<ScimAddress> found = ScimAddress.of(context);
        if (found.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        ScimAddress address = found.get();
        String token = bearer(context.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (token == null && isDiscovery(context)) {
            return admit(context, address, () -> ScimException.of(404, "There is nothing at this address."));
        }
        if (token == null) {
            return Uni.createFrom().failure(new UnauthorizedException());
        }
        return tokens.authenticate(address.tenant(), token)
                .chain(credential -> admit(context, address, requireScim(credential)));
    }

    private Uni<@Nullable Response> admit(
            ContainerRequestContext context,
            ScimAddress address,
            java.util.function.Supplier<RuntimeException> absent) {
        return tenants.find(address.tenant()).map(found -> {
            Tenant tenant = found.orElseThrow(absent);
            if (!tenant.enabled()) {
                throw ScimException.of(
                        403,
                        "SCIM provisioning is switched off for this tenant. Nothing was changed; ask for it to be enabled.");
            }
            new ScimRequest(tenant, address.tenantUrl(baseUrl.of(context))).attach(context);
            return null;
        });
    }

    private static java.util.function.Supplier<RuntimeException> requireScim(Optional<Credential> credential) {
        if (credential.orElseThrow(UnauthorizedException::new).scope() != TokenScope.SCIM) {
            throw ScimException.of(
                    403, "This token has not the scope scim. Use a token that was made for provisioning.");
        }
        return UnauthorizedException::new;
    }

    /** The token, with or without {@code Bearer} in front: Okta's header mode sends what was pasted. */
    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        String value = authorization.strip();
        boolean prefixed = value.regionMatches(true, 0, "Bearer ", 0, 7);
        String token = prefixed ? value.substring(7).strip() : value;
        return token.isEmpty() ? null : token;
    }

    private static boolean isDiscovery(ContainerRequestContext context) {
        return READING.contains(context.getMethod())
                && DISCOVERY
                        .matcher(context.getUriInfo().getRequestUri().getRawPath())
                        .matches();
    }

    private Optional<String> tenantOfHost(ContainerRequestContext context) {
        String host = context.getUriInfo().getRequestUri().getHost();
        return config.tenancy()
                .hostSuffix()
                .filter(suffix -> host != null && host.toLowerCase(Locale.ROOT).endsWith(suffix))
                .map(suffix -> host.toLowerCase(Locale.ROOT).substring(0, host.length() - suffix.length()))
                .filter(tenant -> !tenant.isEmpty() && tenant.indexOf('.') < 0);
    }
}
