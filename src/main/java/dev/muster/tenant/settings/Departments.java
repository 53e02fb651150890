package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * The product's departments.
 *
 * @param from the path of the attribute that says the identity provider's department
 * @param map the product's department by the identity provider's, compared without regard to case
 * @param unmapped what becomes of a user whose department is not in the map
 */
public record Departments(String from, Map<String, String> map, Unmapped unmapped) {

    private static final String DEPARTMENT = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";

    /** What becomes of a department that is not in the map; a user without a department has none in the product either. */
    public enum Unmapped {
        /** It is the product's department too. */
        @JsonProperty("pass")
        PASS,
        /** The account waits, unchanged for the product, until the map knows it. */
        @JsonProperty("hold")
        HOLD,
        /** The request fails with 400. */
        @JsonProperty("reject")
        REJECT
    }

    /** Each as the identity provider says it. */
    static final Departments USUAL = new Departments(DEPARTMENT, Map.of(), Unmapped.PASS);

    public Departments {
        from = from == null ? DEPARTMENT : from;
        map = map == null ? Map.of() : Map.copyOf(map);
        unmapped = unmapped == null ? Unmapped.PASS : unmapped;
    }
}
