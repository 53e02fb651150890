package dev.muster.scim;

import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Returned;
import dev.muster.scim.schema.Schema;
import dev.muster.scim.schema.Uniqueness;
import java.util.List;

/** A resource type with an attribute of every type, plurality and mutability, for tests that need no standard schema. */
public final class SampleTypes {

    public static final String CORE = "urn:example:params:scim:schemas:2.0:Device";
    public static final String EXTENSION = "urn:example:params:scim:schemas:extension:2.0:Device";

    public static final ResourceType DEVICE = new ResourceType(
            "Device",
            "/Devices",
            "",
            new Schema(
                    CORE,
                    "Device",
                    "",
                    List.of(
                            required(simple("userName", AttributeType.STRING)),
                            simple("title", AttributeType.STRING),
                            exact(simple("serial", AttributeType.STRING)),
                            simple("active", AttributeType.BOOLEAN),
                            simple("count", AttributeType.INTEGER),
                            simple("weight", AttributeType.DECIMAL),
                            simple("builtAt", AttributeType.DATE_TIME),
                            multi(simple("tags", AttributeType.STRING)),
                            multi(exact(simple("codes", AttributeType.STRING))),
                            multi(simple("sizes", AttributeType.INTEGER)),
                            complex(
                                    "name",
                                    simple("formatted", AttributeType.STRING),
                                    simple("givenName", AttributeType.STRING),
                                    simple("familyName", AttributeType.STRING)),
                            multi(complex(
                                    "emails",
                                    simple("value", AttributeType.STRING),
                                    simple("display", AttributeType.STRING),
                                    simple("type", AttributeType.STRING),
                                    simple("primary", AttributeType.BOOLEAN))),
                            multi(complex(
                                    "addresses",
                                    simple("streetAddress", AttributeType.STRING),
                                    simple("locality", AttributeType.STRING),
                                    simple("type", AttributeType.STRING),
                                    simple("primary", AttributeType.BOOLEAN))),
                            multi(complex(
                                    "members",
                                    mutability(exact(simple("value", AttributeType.STRING)), Mutability.IMMUTABLE),
                                    mutability(simple("type", AttributeType.STRING), Mutability.IMMUTABLE),
                                    mutability(simple("display", AttributeType.STRING), Mutability.READ_ONLY))),
                            mutability(simple("maker", AttributeType.STRING), Mutability.IMMUTABLE),
                            mutability(simple("state", AttributeType.STRING), Mutability.READ_ONLY),
                            complex(
                                    "origin",
                                    mutability(simple("plant", AttributeType.STRING), Mutability.IMMUTABLE),
                                    mutability(simple("label", AttributeType.STRING), Mutability.READ_ONLY),
                                    simple("note", AttributeType.STRING),
                                    multi(simple("marks", AttributeType.STRING))))),
            List.of(new ResourceType.SchemaExtension(
                    new Schema(
                            EXTENSION,
                            "DeviceExtension",
                            "",
                            List.of(
                                    simple("employeeNumber", AttributeType.STRING),
                                    simple("department", AttributeType.STRING),
                                    complex(
                                            "manager",
                                            simple("value", AttributeType.STRING),
                                            mutability(
                                                    simple("displayName", AttributeType.STRING),
                                                    Mutability.READ_ONLY)))),
                    false)));

    private SampleTypes() {}

    /** The core attribute {@code name}, or {@code name.sub}. */
    public static AttributeRef core(String path) {
        return reference(null, path);
    }

    /** The extension's attribute {@code name}, or {@code name.sub}. */
    public static AttributeRef extension(String path) {
        return reference(EXTENSION, path);
    }

    private static AttributeRef reference(String schema, String path) {
        String[] names = path.split("\\.", 2);
        return DEVICE.resolve(schema, names[0], names.length == 2 ? names[1] : null)
                .orElseThrow();
    }

    public static Attribute simple(String name, AttributeType type) {
        return attribute(name, type, false, false, false, Mutability.READ_WRITE, List.of());
    }

    public static Attribute complex(String name, Attribute... subAttributes) {
        return attribute(
                name, AttributeType.COMPLEX, false, false, false, Mutability.READ_WRITE, List.of(subAttributes));
    }

    public static Attribute multi(Attribute a) {
        return attribute(a.name(), a.type(), true, a.required(), a.caseExact(), a.mutability(), a.subAttributes());
    }

    public static Attribute required(Attribute a) {
        return attribute(a.name(), a.type(), a.multiValued(), true, a.caseExact(), a.mutability(), a.subAttributes());
    }

    public static Attribute exact(Attribute a) {
        return attribute(a.name(), a.type(), a.multiValued(), a.required(), true, a.mutability(), a.subAttributes());
    }

    public static Attribute mutability(Attribute a, Mutability mutability) {
        return attribute(
                a.name(), a.type(), a.multiValued(), a.required(), a.caseExact(), mutability, a.subAttributes());
    }

    private static Attribute attribute(
            String name,
            AttributeType type,
            boolean multiValued,
            boolean required,
            boolean caseExact,
            Mutability mutability,
            List<Attribute> subAttributes) {
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
                subAttributes);
    }
}
