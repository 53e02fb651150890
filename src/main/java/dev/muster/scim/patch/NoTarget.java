package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.Path;

/** What happens where a value filter matches nothing. */
final class NoTarget {

    private NoTarget() {}

    /**
     * The value that {@code operation} is to create: add always does, replace in {@link Conformance#COMPAT}, because Entra ID
     * sends it for what may not be there; RFC 7644 §3.5.2.3 asks for noTarget.
     *
     * @throws ScimException noTarget where nothing is created
     */
    static ObjectNode created(PatchOperation operation, Filter filter, Conformance conformance) {
        if (operation instanceof PatchOperation.Replace && conformance == Conformance.STRICT) {
            throw of(operation.path());
        }
        return EqualityTerms.of(filter).orElseThrow(() -> of(operation.path()));
    }

    static ScimException of(Path.OfAttribute path) {
        return ScimException.noTarget("No value of '" + path.attribute().whole()
                + "' matches the filter in 'path'; add the value first, or use a filter that matches one.");
    }
}
