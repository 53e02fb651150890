package dev.muster.endpoint;

import dev.muster.account.Projector;
import dev.muster.audit.Advice;
import dev.muster.audit.LogDraft;
import dev.muster.limit.AuthenticationAttempts;
import dev.muster.limit.Origin;
import dev.muster.limit.RequestRate;
import dev.muster.rest.BaseUrl;
import dev.muster.rest.BearerToken;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import dev.muster.tenant.Credential;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.Tenants;
import dev.muster.tenant.TokenAuthentication;
import dev.muster.tenant.TokenFinding;
import dev.muster.tenant.TokenScope;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/** The filters that every SCIM request passes, in their order: address, then authentication. */
class RequestFilters {

    private static final int ADDRESS = 1000;
    private static final int AUTHENTICATION = 2000;

    /** Among the targets of authentication; no tenant has this id. */
    private static final String ANYBODY = "";

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<Class<?>> OPEN_TO_PERSONS = Set.of(MeEndpoint.class, DiscoveryEndpoint.class);
    private static final String BASE = BaseUrl.class.getName();

    private final EndpointConfig config;
    private final BaseUrl baseUrl;
    private final Tenants tenants;
    private final TokenAuthentication tokens;
    private final RequestRate rate;
    private final AuthenticationAttempts attempts;
    private final Projector projector;

    RequestFilters(
            EndpointConfig config,
            BaseUrl baseUrl,
            Tenants tenants,
            TokenAuthentication tokens,
            RequestRate rate,
            AuthenticationAttempts attempts,
            Projector projector) {
        this.config = config;
        this.baseUrl = baseUrl;
        this.tenants = tenants;
        this.tokens = tokens;
        this.rate = rate;
        this.attempts = attempts;
        this.projector = projector;
    }

    /**
     * Gives {@code /scim/v2} the tenant that the configuration or the host means, and answers at once where the method is
     * not for the path (RFC 9110 §15.5.6) or asks which ones are.
     */
    @ServerRequestFilter(preMatching = true, priority = ADDRESS)
    Optional<Response> address(ContainerRequestContext context, RoutingContext routing) {
        context.setProperty(BASE, baseUrl.of(context.getUriInfo()));
        String path = context.getUriInfo().getPath();
        if (ScimAddress.isBare(path)) {
            tenantOfHost(context)
                    .or(() -> config.tenancy().single())
                    .ifPresent(tenant -> new ScimAddress(tenant, "").redirect(context));
        }
        LogDraft log = Objects.requireNonNull(routing.get(LogDraft.KEY));
        return ScimAddress.of(context).flatMap(address -> {
            log.tenant(address.tenant());
            return forMethod(context.getMethod(), path, log);
        });
    }

    /** What has been written goes on to the accounts. */
    @ServerResponseFilter
    void written(ContainerRequestContext request, ContainerResponseContext response) {
        if (WRITING.contains(request.getMethod())
                && response.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
            ScimRequest.find(request)
                    .ifPresent(scim -> projector.wake(scim.tenant().id()));
        }
    }

    private static Optional<Response> forMethod(String method, String path, LogDraft log) {
        List<String> allowed = ScimAddress.allowed(path);
        boolean answeredBehind = allowed.isEmpty()
                || (allowed.contains(method) && !method.equals(HttpMethod.OPTIONS))
                || ScimAddress.isUnsupported(method, path);
        if (answeredBehind) {
            return Optional.empty();
        }
        Response.ResponseBuilder response = method.equals(HttpMethod.OPTIONS) ? Response.noContent() : notAllowed(log);
        return Optional.of(
                response.header(HttpHeaders.ALLOW, String.join(", ", allowed)).build());
    }

    private static Response.ResponseBuilder notAllowed(LogDraft log) {
        ScimError error = ScimError.of(405, "This method is not allowed here; the header Allow names those that are.");
        log.failed(error);
        return ScimResponses.errorBuilder(error);
    }

    /**
     * Lets a SCIM request pass with a valid token of scope {@code scim} of the tenant in its address; a person's token opens
     * {@code /Me} alone (RFC 7644 §3.11). Discovery (RFC 7644 §4)
     * can be read without one, but not with an invalid one. What is wrong with a credential is not said. Whether a request
     * is one of SCIM goes by the class that would answer, not by the path: one path can be written in many ways
     * (RFC 3986 §6.2.2).
     */
    @ServerRequestFilter(priority = AUTHENTICATION)
    Uni<@Nullable Response> authentication(
            ContainerRequestContext context, SimpleResourceInfo resource, RoutingContext routing) {
        if (!resource.getResourceClass().getPackageName().equals(RequestFilters.class.getPackageName())) {
            return Uni.createFrom().nullItem();
        }
        LogDraft log = Objects.requireNonNull(routing.get(LogDraft.KEY));
        ScimAddress address = ScimAddress.of(context).orElseThrow(RequestFilters::nothing);
        String authorization = context.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization == null && isDiscovery(context)) {
            return anonymous(context, address, log, Origin.of(routing.request()));
        }
        if (authorization == null) {
            log.refused("The request has no Authorization header.", Advice.TOKEN_MISSING);
            return Uni.createFrom().failure(new UnauthorizedException());
        }
        return tokens.authenticate(address.tenant(), BearerToken.in(authorization), Origin.of(routing.request()))
                .chain(finding -> {
                    Credential credential = credential(finding, log);
                    rate.count(credential.tenant(), credential.sender());
                    requireOpen(credential, resource.getResourceClass(), log);
                    return admit(context, address, credential, log, UnauthorizedException::new);
                });
    }

    /** A stranger who tries out the names of tenants is limited as one who tries out tokens. */
    private Uni<@Nullable Response> anonymous(
            ContainerRequestContext context, ScimAddress address, LogDraft log, Origin origin) {
        attempts.count(origin, ANYBODY);
        return admit(context, address, null, log, RequestFilters::nothing)
                .invoke(() -> attempts.withdraw(origin, ANYBODY));
    }

    private static ScimException nothing() {
        return ScimException.of(404, "There is nothing at this address.");
    }

    private Uni<@Nullable Response> admit(
            ContainerRequestContext context,
            ScimAddress address,
            @Nullable Credential credential,
            LogDraft log,
            Supplier<RuntimeException> absent) {
        return tenants.find(address.tenant()).map(found -> {
            Tenant tenant = found.orElseThrow(absent);
            if (!tenant.enabled()) {
                log.refused("The tenant's endpoint is switched off.", Advice.TENANT_CLOSED);
                throw ScimException.of(
                        403,
                        "SCIM provisioning is switched off for this tenant. Nothing was changed; ask for it to be enabled.");
            }
            new ScimRequest(tenant, address.tenantUrl((String) context.getProperty(BASE)), credential, log)
                    .attach(context);
            return null;
        });
    }

    /** What is wrong with a credential is said in the log, and only there. */
    private static Credential credential(TokenFinding finding, LogDraft log) {
        switch (finding) {
            case TokenFinding.Valid valid -> {
                log.token(valid.credential().sender());
                return valid.credential();
            }
            case TokenFinding.Expired expired -> {
                log.token(expired.sender());
                log.refused(
                        "The token expired at " + expired.expiredAt() + ".",
                        expired.ofClient() ? Advice.ACCESS_TOKEN_EXPIRED : Advice.TOKEN_EXPIRED);
            }
            case TokenFinding.Revoked revoked -> {
                log.token(revoked.sender());
                log.refused("The token was revoked at " + revoked.revokedAt() + ".", Advice.TOKEN_REVOKED);
            }
            case TokenFinding.Unknown unknown ->
                log.refused("What the request has for a token is none of this tenant.", Advice.TOKEN_UNKNOWN);
        }
        throw new UnauthorizedException();
    }

    /** Whether the credential opens what it was sent for. */
    private static void requireOpen(Credential credential, Class<?> asked, LogDraft log) {
        if (credential.scope() != TokenScope.SCIM) {
            log.refused("The token has not the scope scim.", Advice.WRONG_SCOPE);
            throw ScimException.of(
                    403, "This token has not the scope scim. Use a token that was made for provisioning.");
        }
        if (credential.userId() != null && !OPEN_TO_PERSONS.contains(asked)) {
            log.refused("The token is a person's and opens /Me alone.", Advice.WRONG_SCOPE);
            throw ScimException.of(
                    403,
                    "This token is a person's: it opens /Me and discovery. Use a token that was made for provisioning.");
        }
    }

    private static boolean isDiscovery(ContainerRequestContext context) {
        return READING.contains(context.getMethod())
                && ScimAddress.isDiscovery(context.getUriInfo().getPath());
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
