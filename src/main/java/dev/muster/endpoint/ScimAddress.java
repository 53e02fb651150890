package dev.muster.endpoint;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the address space of tenants a request was sent.
 *
 * @param tenant the tenant's id as the address has it
 * @param prefix the path before {@code /scim/v2} as the client wrote it: {@code /t/acme}, or nothing
 */
record ScimAddress(String tenant, String prefix) {

    /** The path of every Tenant URL after its prefix. */
    static final String SCIM = "/scim/v2";

    private static final Pattern BY_PATH = Pattern.compile("/t/([^/]*)/scim/v2(/.*)?");
    private static final Pattern BARE = Pattern.compile("/scim/v2(/.*)?");
    private static final Pattern DISCOVERY = Pattern.compile("/(ServiceProviderConfig|ResourceTypes|Schemas)(/.*)?");
    private static final String PROPERTY = ScimAddress.class.getName();

    /** The address of a path that holds the tenant's id. */
    static Optional<ScimAddress> ofPath(String path) {
        Matcher matcher = BY_PATH.matcher(path);
        return matcher.matches()
                ? Optional.of(new ScimAddress(matcher.group(1), "/t/" + matcher.group(1)))
                : Optional.empty();
    }

    /** Whether the path is a SCIM path without a tenant's id. */
    static boolean isBare(String path) {
        return BARE.matcher(path).matches();
    }

    /** The methods that a path under a Tenant URL takes, as the header Allow names them (RFC 7644 §3.2). */
    static String allowed(String path) {
        String resource = path.substring(path.indexOf(SCIM) + SCIM.length());
        if (DISCOVERY.matcher(resource).matches()) {
            return "GET, HEAD, OPTIONS";
        }
        if (resource.endsWith("/.search")) {
            return "POST, OPTIONS";
        }
        return resource.lastIndexOf('/') > 0 ? "GET, HEAD, PUT, PATCH, DELETE, OPTIONS" : "GET, HEAD, POST, OPTIONS";
    }

    /** The Tenant URL under a base URL that ends without a slash. */
    String tenantUrl(String baseUrl) {
        return baseUrl + prefix + SCIM;
    }

    /** Leaves this for the later filters, and sends the request on to the one path that resources are bound to. */
    void redirect(ContainerRequestContext context) {
        context.setProperty(PROPERTY, this);
        URI uri = context.getUriInfo().getRequestUri();
        context.setRequestUri(context.getUriInfo()
                .getRequestUriBuilder()
                .replacePath("/t/" + tenant + uri.getRawPath())
                .build());
    }

    /** The request's address: the one left by {@link #redirect}, else by its path. */
    static Optional<ScimAddress> of(ContainerRequestContext context) {
        return context.getProperty(PROPERTY) instanceof ScimAddress address
                ? Optional.of(address)
                : ofPath(context.getUriInfo().getRequestUri().getRawPath());
    }
}
