package dev.muster.scim.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service provider supports (RFC 7643 §5). It says what is so, not what is planned: clients rely on it.
 *
 * @param bulk null where Bulk is not supported
 * @param maxResults as many resources as one response has at most
 * @param pagination how lists are read page by page (RFC 9865 §4)
 * @param documentationUri for people, null where there is none
 */
public record ServiceProviderConfig(
        boolean patch,
        @Nullable BulkLimits bulk,
        boolean filter,
        int maxResults,
        boolean changePassword,
        boolean sort,
        boolean etag,
        List<AuthenticationScheme> authenticationSchemes,
        Pagination pagination,
        @Nullable String documentationUri) {

    /**
     * How large a Bulk request may be (RFC 7644 §3.7.4).
     *
     * @param maxPayloadSize in bytes
     */
    public record BulkLimits(int maxOperations, long maxPayloadSize) {}

    /**
     * How lists are read page by page (RFC 9865 §4): by cursor and by index, by index where the client does not say.
     *
     * @param cursorTimeout for so long a cursor is good at least
     */
    public record Pagination(PageLimits pages, Duration cursorTimeout) {

        /** What is so where nothing else is configured. */
        public static final Pagination STANDARD = new Pagination(PageLimits.DEFAULT, Duration.ofHours(1));
    }

    public static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

    public ServiceProviderConfig {
        authenticationSchemes = List.copyOf(authenticationSchemes);
    }

    /** What Muster supports, Bulk apart, whose limits are the operator's. */
    public static ServiceProviderConfig standard() {
        return new ServiceProviderConfig(
                true,
                null,
                true,
                Paging.MAX_COUNT,
                false,
                true,
                true,
                List.of(AuthenticationScheme.BEARER_TOKEN, AuthenticationScheme.CLIENT_CREDENTIALS),
                Pagination.STANDARD,
                null);
    }

    /** The same with pages of other sizes. */
    public ServiceProviderConfig withPages(PageLimits pages) {
        return new ServiceProviderConfig(
                patch,
                bulk,
                filter,
                pages.most(),
                changePassword,
                sort,
                etag,
                authenticationSchemes,
                new Pagination(pages, pagination.cursorTimeout()),
                documentationUri);
    }

    /** The same with Bulk requests of this size. */
    public ServiceProviderConfig withBulk(BulkLimits limits) {
        return new ServiceProviderConfig(
                patch,
                limits,
                filter,
                maxResults,
                changePassword,
                sort,
                etag,
                authenticationSchemes,
                pagination,
                documentationUri);
    }

    /** The same with documentation for people. */
    public ServiceProviderConfig withDocumentation(String uri) {
        return new ServiceProviderConfig(
                patch, bulk, filter, maxResults, changePassword, sort, etag, authenticationSchemes, pagination, uri);
    }

    /**
     * The resource.
     *
     * @param base the SCIM base URL, without a slash at its end
     * @param ofInteropProfile whether the endpoint is all that the SCIM 2.0 Interoperability Profile asks for, TLS apart; one
     *     that does not conform says nothing (draft-ietf-scim-interop-profile, Scope and Conformance)
     */
    public ObjectNode toJson(String base, boolean ofInteropProfile) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(SCHEMA);
        if (documentationUri != null) {
            json.put("documentationUri", documentationUri);
        }
        supported(json, "patch", patch);
        supported(json, "bulk", bulk != null)
                .put("maxOperations", bulk == null ? 0 : bulk.maxOperations())
                .put("maxPayloadSize", bulk == null ? 0 : bulk.maxPayloadSize());
        supported(json, "filter", filter).put("maxResults", maxResults);
        supported(json, "changePassword", changePassword);
        supported(json, "sort", sort);
        supported(json, "etag", etag);
        json.putObject("pagination")
                .put("cursor", true)
                .put("index", true)
                .put("defaultPaginationMethod", "index")
                .put("defaultPageSize", pagination.pages().usual())
                .put("maxPageSize", pagination.pages().most())
                .put("cursorTimeout", pagination.cursorTimeout().toSeconds());
        // RFC 9967 §4: asynchronously when the client asks for it; there are no event tokens yet.
        json.putObject("securityEvents").put("asyncRequest", "request").putArray("eventUris");
        if (ofInteropProfile && base.startsWith("https://")) {
            json.put("interopProfileConformant", true);
        }
        ArrayNode schemes = json.putArray("authenticationSchemes");
        authenticationSchemes.forEach(scheme -> schemes.add(scheme.toJson()));
        json.putObject("meta")
                .put("resourceType", "ServiceProviderConfig")
                .put("location", base + "/ServiceProviderConfig");
        return json;
    }

    private static ObjectNode supported(ObjectNode json, String feature, boolean supported) {
        return json.putObject(feature).put("supported", supported);
    }
}
