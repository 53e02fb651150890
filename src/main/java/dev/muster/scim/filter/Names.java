package dev.muster.scim.filter;

import dev.muster.scim.schema.AttributeRef;
import java.util.Optional;

/** What the attribute names in a filter mean. */
interface Names {

    /** The attribute or sub-attribute that {@code name} means; empty where there is none. */
    Optional<AttributeRef> resolve(String name);

    /** The sub-attribute {@code name} of {@code whole}. */
    Optional<AttributeRef> subAttribute(AttributeRef whole, String name);
}
