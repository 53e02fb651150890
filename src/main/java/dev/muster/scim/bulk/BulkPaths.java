package dev.muster.scim.bulk;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import java.net.URI;

/**
 * Reads the {@code path} of operations: {@code /Users}, {@code /Users/2819c223}. In {@link Conformance#COMPAT} also with the
 * Tenant URL in front, without the leading slash, and with a slash or a query at the end.
 */
final class BulkPaths {

    private static final int LONGEST = 2_048;

    private final Conformance conformance;
    private final String tenantUrl;

    BulkPaths(Conformance conformance, String tenantUrl) {
        this.conformance = conformance;
        this.tenantUrl = tenantUrl;
    }

    BulkPath parse(String path) {
        if (path.length() > LONGEST) {
            throw invalid();
        }
        String relative = conformance == Conformance.COMPAT ? meant(path) : path;
        if (!relative.startsWith("/") || relative.indexOf('?') >= 0) {
            throw invalid();
        }
        String[] segments = relative.substring(1).split("/", -1);
        if (segments.length > 2 || segments[0].isEmpty() || segments[segments.length - 1].isEmpty()) {
            throw invalid();
        }
        return new BulkPath("/" + segments[0], segments.length == 1 ? null : segments[1]);
    }

    private String meant(String path) {
        String meant = withoutPrefix(withoutPrefix(path.strip(), tenantUrl), pathOf(tenantUrl));
        int query = meant.indexOf('?');
        meant = query < 0 ? meant : meant.substring(0, query);
        meant = meant.endsWith("/") ? meant.substring(0, meant.length() - 1) : meant;
        return meant.startsWith("/") ? meant : "/" + meant;
    }

    private static String withoutPrefix(String path, String prefix) {
        return !prefix.isEmpty() && path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
    }

    private static String pathOf(String url) {
        String path = URI.create(url).getRawPath();
        return path == null ? "" : path;
    }

    private static ScimException invalid() {
        return ScimException.invalidSyntax("'path' must be relative to the Tenant URL and name an endpoint, such as"
                + " /Users, or one resource, such as /Users/2819c223-7f76-453a-919d-413861904646 (RFC 7644 §3.7).");
    }
}
