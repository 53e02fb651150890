package dev.muster.scim.patch;

import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Returned;
import dev.muster.scim.schema.Schema;
import dev.muster.scim.schema.Uniqueness;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A resource type with a few attributes of any characteristics. */
final class RandomType {

    private static final List<AttributeType> SIMPLE =
            List.of(AttributeType.STRING, AttributeType.STRING, AttributeType.BOOLEAN, AttributeType.INTEGER);

    private final Random random;

    private RandomType(Random random) {
        this.random = random;
    }

    static ResourceType next(Random random) {
        RandomType types = new RandomType(random);
        return new ResourceType(
                "Thing",
                "/Things",
                "",
                new Schema("urn:example:core", "Thing", "", types.attributes("a", 5)),
                List.of(new ResourceType.SchemaExtension(
                        new Schema("urn:example:extension", "More", "", types.attributes("x", 2)),
                        random.nextInt(4) == 0)));
    }

    private List<Attribute> attributes(String prefix, int count) {
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            attributes.add(
                    random.nextInt(3) == 0
                            ? attribute(prefix + i, simpleType(), random.nextInt(3) == 0, List.of())
                            : attribute(prefix + i, AttributeType.COMPLEX, random.nextInt(3) > 0, subAttributes()));
        }
        return attributes;
    }

    private List<Attribute> subAttributes() {
        List<Attribute> subs = new ArrayList<>();
        // at least one that can always be given
        subs.add(plain("note", AttributeType.STRING));
        if (random.nextInt(4) > 0) {
            subs.add(attribute("value", simpleType(), false, List.of()));
        }
        if (random.nextInt(3) > 0) {
            subs.add(attribute("type", AttributeType.STRING, false, List.of()));
        }
        if (random.nextInt(3) > 0) {
            subs.add(plain("primary", AttributeType.BOOLEAN));
        }
        if (random.nextInt(3) == 0) {
            subs.add(attribute("marks", simpleType(), true, List.of()));
        }
        return subs;
    }

    private AttributeType simpleType() {
        return SIMPLE.get(random.nextInt(SIMPLE.size()));
    }

    private static Attribute plain(String name, AttributeType type) {
        return of(name, type, false, false, false, Mutability.READ_WRITE, List.of());
    }

    private Attribute attribute(String name, AttributeType type, boolean multiValued, List<Attribute> subs) {
        Mutability mutability = switch (random.nextInt(8)) {
            case 0, 1 -> Mutability.IMMUTABLE;
            case 2 -> Mutability.READ_ONLY;
            default -> Mutability.READ_WRITE;
        };
        return of(name, type, multiValued, random.nextInt(5) == 0, random.nextBoolean(), mutability, subs);
    }

    private static Attribute of(
            String name,
            AttributeType type,
            boolean multiValued,
            boolean required,
            boolean caseExact,
            Mutability mutability,
            List<Attribute> subs) {
        return new Attribute(
                name,
                type,
                multiValued,
                "",
                required,
                List.of(),
                false,
                caseExact,
                mutability,
                Returned.DEFAULT,
                Uniqueness.NONE,
                List.of(),
                subs);
    }
}
