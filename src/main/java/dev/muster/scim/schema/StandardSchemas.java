package dev.muster.scim.schema;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The schemas of RFC 7643 §8.7, read from {@code scim/schemas/*.json}. */
public final class StandardSchemas {

    public static final Schema USER = load("user", SchemaReader.ofResources());
    public static final Schema GROUP = load("group", SchemaReader.ofResources());
    public static final Schema ENTERPRISE_USER = load("enterprise-user", SchemaReader.ofResources());
    public static final Schema SERVICE_PROVIDER_CONFIG = load("service-provider-config", SchemaReader.ofDiscovery());
    public static final Schema RESOURCE_TYPE = load("resource-type", SchemaReader.ofDiscovery());
    public static final Schema SCHEMA = load("schema", SchemaReader.ofDiscovery());

    /** The schemas that describe the service provider itself. */
    public static final List<Schema> DISCOVERY = List.of(SERVICE_PROVIDER_CONFIG, RESOURCE_TYPE, SCHEMA);

    private StandardSchemas() {}

    private static Schema load(String name, SchemaReader reader) {
        String resource = "/scim/schemas/" + name + ".json";
        try (InputStream json = StandardSchemas.class.getResourceAsStream(resource)) {
            if (json == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return reader.read(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
