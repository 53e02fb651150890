package dev.muster.scim.schema;

import java.util.List;
import java.util.Optional;

/**
 * A schema (RFC 7643 §7).
 *
 * @param id the schema URI; compared without regard to case
 */
public record Schema(String id, String name, String description, List<Attribute> attributes) {

    public Schema {
        attributes = AttributeList.copyOf(attributes);
    }

    /** This schema with other attributes. */
    Schema with(List<Attribute> otherAttributes) {
        return new Schema(id, name, description, otherAttributes);
    }

    /** The attribute of that name, in any case. */
    public Optional<Attribute> attribute(String attributeName) {
        return AttributeList.find(attributes, attributeName);
    }
}
