package dev.muster.endpoint;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Pattern BY_PATH = Pattern.compile("/t/([^/]*)/scim/v2(/.*)?", Pattern.DOTALL);
    private static final Pattern BARE = Pattern.compile("/scim/v2(/.*)?", Pattern.DOTALL);
    private static final Set<String> DISCOVERY = Set.of("ServiceProviderConfig", "ResourceTypes", "Schemas");
    private static final String SEARCH = ".search";
    private static final String BULK = "Bulk";
    private static final String ME = "Me";
    private static final String ASYNC = ".async";
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

    /** Whether the path lies under a Tenant URL. */
    static boolean concerns(String path) {
        return isBare(path) || ofPath(path).isPresent();
    }

    /** Whether the path, which lies under a Tenant URL, is one of discovery (RFC 7644 §4). */
    static boolean isDiscovery(String path) {
        List<String> segments = segments(path);
        return !segments.isEmpty() && segments.size() <= 2 && DISCOVERY.contains(segments.getFirst());
    }

    /**
     * The methods that a path under a Tenant URL takes (RFC 7644 §3.2), in the order in which the header Allow shows them;
     * empty where nothing can be at such a path.
     */
    static List<String> allowed(String path) {
        List<String> segments = segments(path);
        if (segments.size() > 2) {
            return List.of();
        }
        if (segments.isEmpty() || isDiscovery(path) || isStatus(segments)) {
            return List.of("GET", "HEAD", "OPTIONS");
        }
        if (segments.getFirst().equals(BULK)) {
            return segments.size() == 1 ? List.of("POST", "OPTIONS") : List.of();
        }
        if (isMe(path)) {
            return List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS");
        }
        if (segments.size() == 1 && !segments.getLast().equals(SEARCH)) {
            return List.of("GET", "HEAD", "POST", "OPTIONS");
        }
        return segments.getLast().equals(SEARCH)
                ? List.of("POST", "OPTIONS")
                : List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS");
    }

    /** Whether the path, which lies under a Tenant URL, is the alias of the user who asks (RFC 7644 §3.11). */
    static boolean isMe(String path) {
        return concerns(path) && segments(path).equals(List.of(ME));
    }

    /** Whether the RFC has the method for the path and Muster has not, which is 501 and not 405: creation by way of /Me. */
    static boolean isUnsupported(String method, String path) {
        return method.equals("POST") && isMe(path);
    }

    private static boolean isStatus(List<String> segments) {
        return segments.size() == 2 && segments.getFirst().equals(ASYNC);
    }

    /** What stands after the Tenant URL in a path under it. */
    static List<String> segments(String path) {
        int start = path.indexOf(SCIM) + SCIM.length();
        return List.of(path.substring(start).split("/")).stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** The Tenant URL under a base URL that ends without a slash. */
    String tenantUrl(String baseUrl) {
        return baseUrl + prefix + SCIM;
    }

    /** Leaves this for the later filters, and sends the request on to the one path that resources are bound to. */
    void redirect(ContainerRequestContext context) {
        context.setProperty(PROPERTY, this);
        String path = "/t/" + tenant + context.getUriInfo().getPath();
        context.setRequestUri(
                context.getUriInfo().getRequestUriBuilder().replacePath(path).build());
    }

    /** The request's address: the one left by {@link #redirect}, else by its path. */
    static Optional<ScimAddress> of(ContainerRequestContext context) {
        return context.getProperty(PROPERTY) instanceof ScimAddress address
                ? Optional.of(address)
                : ofPath(context.getUriInfo().getPath());
    }
}
