package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes a tenant takes.
 *
 * @param on by the name of a resource type: paths of the attributes and sub-attributes that are on; those of a type that is not named are all on. What is required, {@code id}, {@code schemas} and
 *     {@code meta} are on always; {@code externalId} is not
 * @param unsupported what becomes of an attribute that is not on, or that no schema has; null where conformance decides
 */
public record AttributeRules(
        Map<String, List<String>> on, @Nullable Unsupported unsupported) {

    /** What becomes of what is not taken. */
    public enum Unsupported {
        /** It is dropped, the request succeeds, and the provisioning log names it. */
        @JsonProperty("ignore")
        IGNORE,
        /** The request fails with 400. */
        @JsonProperty("reject")
        REJECT
    }

    /** All attributes are on. */
    static final AttributeRules ALL = new AttributeRules(Map.of(), null);

    public AttributeRules {
        on = on == null ? Map.of() : Map.copyOf(on);
    }
}
