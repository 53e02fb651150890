package dev.muster.tenant;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterAttributes;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.FilterParser;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;

/** Reads the setting {@code scope}: a filter of the users that there are for SCIM. */
final class ScopeFilter {

    private static final String POINTER = "/scope";

    private ScopeFilter() {}

    /**
     * The filter of these settings; null where they have none.
     *
     * @param schemas those that the same settings give
     * @throws TenantProblem where it is no filter of users, or asks for what users do not say of themselves
     */
    static @Nullable Filter of(TenantSettings settings, SchemaRegistry schemas) {
        String text = settings.rules().scope();
        if (text == null) {
            return null;
        }
        ResourceType users = schemas.byEndpoint("/Users").orElseThrow();
        Filter filter = parsed(text, new FilterParser(users, settings.conformance(), FilterLimits.DEFAULT));
        FilterAttributes.of(filter).stream()
                // A user would leave the scope, or come back, without anybody having written it.
                .filter(AttributeRef::isServers)
                .findFirst()
                .ifPresent(attribute -> {
                    throw TenantProblem.invalid(
                            POINTER,
                            "Users cannot be limited by '" + attribute
                                    + "', which the server gives them; use attributes"
                                    + " that the identity provider sends, such as userType or emails.value.");
                });
        return filter;
    }

    private static Filter parsed(String text, FilterParser parser) {
        try {
            return parser.parse(text);
        } catch (ScimException e) {
            throw TenantProblem.invalid(POINTER, e.error().detail());
        }
    }
}
