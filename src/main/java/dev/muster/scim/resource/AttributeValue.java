package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One attribute out of the value of a PATCH operation without a path.
 *
 * @param path a path of RFC 7644 §3.10 in the schema's spelling
 * @param value as it was sent
 */
public record AttributeValue(String path, JsonNode value) {}
