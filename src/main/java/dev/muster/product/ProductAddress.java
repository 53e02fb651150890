package dev.muster.product;

import dev.muster.tenant.TenantProblem;
import java.util.UUID;
import java.util.regex.Pattern;

/** Where the product's API is. */
final class ProductAddress {

    /** The name of the path parameter. */
    static final String TENANT = "tenant";

    static final String BASE = "/t/{" + TENANT + "}/api";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private ProductAddress() {}

    /** The id in an address; what cannot be one is nobody's. */
    static UUID id(String text, String kind) {
        if (!ID.matcher(text).matches()) {
            throw TenantProblem.notFound("There is no " + kind + " with this id.");
        }
        return UUID.fromString(text);
    }
}
