package dev.muster.scim.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service provider supports (RFC 7643 §5). It says what is so, not what is planned: clients rely on it.
 *
 * @param bulk null where Bulk is not supported
 * @param maxResults as many resources as one response has at most
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
        @Nullable String documentationUri) {

    /**
     * How large a Bulk request may be (RFC 7644 §3.7.4).
     *
     * @param maxPayloadSize in bytes
     */
    public record BulkLimits(int maxOperations, long maxPayloadSize) {}

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
                PageRequest.MAX_COUNT,
                false,
                true,
                true,
                List.of(AuthenticationScheme.BEARER_TOKEN),
                null);
    }

    /** The same with at most so many resources in one response. */
    public ServiceProviderConfig withMaxResults(int most) {
        return new ServiceProviderConfig(
                patch, bulk, filter, most, changePassword, sort, etag, authenticationSchemes, documentationUri);
    }

    /** The same with Bulk requests of this size. */
    public ServiceProviderConfig withBulk(BulkLimits limits) {
        return new ServiceProviderConfig(
                patch, limits, filter, maxResults, changePassword, sort, etag, authenticationSchemes, documentationUri);
    }

    /** The same with documentation for people. */
    public ServiceProviderConfig withDocumentation(String uri) {
        return new ServiceProviderConfig(
                patch, bulk, filter, maxResults, changePassword, sort, etag, authenticationSchemes, uri);
    }

    /**
     * The resource.
     *
     * @param base the SCIM base URL, without a slash at its end
     */
    public ObjectNode toJson(String base) {
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
