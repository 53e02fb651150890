package dev.muster.scim.patch;

import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Users of which a part of the attributes is on. */
final class RandomSelection {

    static final ResourceType WHOLE =
            SchemaRegistry.standard().resourceType("User").orElseThrow();

    /** What clients can write, but for certificates, which have to be base64. */
    static final List<AttributeRef> ALL = Stream.concat(
                    WHOLE.schema().attributes().stream().map(attribute -> new AttributeRef(null, attribute, null)),
                    WHOLE.extensions().stream()
                            .map(ResourceType.SchemaExtension::schema)
                            .flatMap(extension -> extension.attributes().stream()
                                    .map(attribute -> new AttributeRef(extension.id(), attribute, null))))
            .filter(attribute -> attribute.attribute().mutability() == Mutability.READ_WRITE)
            .filter(attribute -> attribute.attribute().readable())
            .filter(attribute -> !attribute.attribute().name().equals("x509Certificates"))
            .toList();

    private RandomSelection() {}

    /** Each attribute on, off or on in parts. */
    static ResourceType next(Random random) {
        List<AttributeRef> on = new ArrayList<>();
        for (AttributeRef attribute : ALL) {
            List<Attribute> parts = attribute.attribute().subAttributes();
            switch (random.nextInt(3)) {
                case 0 -> on.add(attribute);
                case 1 -> parts.stream().filter(sub -> random.nextBoolean()).forEach(sub -> on.add(attribute.sub(sub)));
                default -> {}
            }
        }
        return only(on);
    }

    static ResourceType only(List<AttributeRef> on) {
        return SchemaRegistry.standard()
                .withOnly(Map.of("User", on))
                .resourceType("User")
                .orElseThrow();
    }
}
