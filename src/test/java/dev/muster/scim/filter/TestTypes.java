package dev.muster.scim.filter;

import static dev.muster.scim.schema.AttributeType.BINARY;
import static dev.muster.scim.schema.AttributeType.BOOLEAN;
import static dev.muster.scim.schema.AttributeType.COMPLEX;
import static dev.muster.scim.schema.AttributeType.DATE_TIME;
import static dev.muster.scim.schema.AttributeType.DECIMAL;
import static dev.muster.scim.schema.AttributeType.INTEGER;
import static dev.muster.scim.schema.AttributeType.REFERENCE;
import static dev.muster.scim.schema.AttributeType.STRING;

import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import dev.muster.scim.schema.Returned;
import dev.muster.scim.schema.Schema;
import dev.muster.scim.schema.Uniqueness;
import java.util.List;

/** Resource types with one attribute of every kind that filters treat differently. */
public final class TestTypes {

    public static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    public static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    /** Its URI begins with the URI of {@link #ENTERPRISE} and has a dot behind it. */
    public static final String LONGER = ENTERPRISE + ".more";

    public static final String CUSTOM = "urn:example:it's:1.0:User";

    public static final ResourceType USER = new ResourceType(
            "User",
            "/Users",
            "",
            new Schema(CORE, "User", "", userAttributes()),
            List.of(
                    extension(ENTERPRISE, enterprise()),
                    extension(LONGER, List.of(plain("rank", STRING))),
                    extension(CUSTOM, custom())));

    public static final ResourceType GROUP = new ResourceType(
            "Group",
            "/Groups",
            "",
            new Schema(
                    "urn:ietf:params:scim:schemas:core:2.0:Group",
                    "Group",
                    "",
                    List.of(plain("displayName", STRING), multi("members", reference()))),
            List.of());

    private TestTypes() {}

    private static List<Attribute> userAttributes() {
        return List.of(
                plain("userName", STRING),
                complex("name", plain("formatted", STRING), plain("familyName", STRING), plain("givenName", STRING)),
                plain("displayName", STRING),
                plain("title", STRING),
                plain("userType", STRING),
                plain("profileUrl", REFERENCE),
                plain("active", BOOLEAN),
                attribute(
                        "password", STRING, false, false, Mutability.WRITE_ONLY, Returned.NEVER, List.of(), List.of()),
                multi("emails", typed(plain("value", STRING))),
                multi("ims", typed(plain("value", STRING))),
                multi("roles", typed(plain("value", STRING))),
                multi("x509Certificates", typed(exact("value", BINARY))),
                multi("addresses", plain("locality", STRING), plain("type", STRING)),
                attribute(
                        "groups",
                        COMPLEX,
                        true,
                        false,
                        Mutability.READ_ONLY,
                        Returned.DEFAULT,
                        List.of(),
                        List.of(reference())));
    }

    private static List<Attribute> enterprise() {
        return List.of(
                plain("employeeNumber", STRING),
                plain("department", STRING),
                complex("manager", exact("value", STRING), exact("$ref", REFERENCE), plain("displayName", STRING)));
    }

    private static List<Attribute> custom() {
        return List.of(
                plain("level", INTEGER),
                plain("ratio", DECIMAL),
                plain("hireDate", DATE_TIME),
                plain("remote", BOOLEAN),
                exact("badge", STRING),
                plain("blob", BINARY),
                attribute("tags", STRING, true, false, Mutability.READ_WRITE, Returned.DEFAULT, List.of(), List.of()),
                attribute("codes", STRING, true, true, Mutability.READ_WRITE, Returned.DEFAULT, List.of(), List.of()),
                attribute(
                        "levels", INTEGER, true, false, Mutability.READ_WRITE, Returned.DEFAULT, List.of(), List.of()),
                attribute(
                        "dates", DATE_TIME, true, false, Mutability.READ_WRITE, Returned.DEFAULT, List.of(), List.of()),
                attribute(
                        "color",
                        STRING,
                        false,
                        false,
                        Mutability.READ_WRITE,
                        Returned.DEFAULT,
                        List.of("red", "blue"),
                        List.of()),
                complex("contract", plain("since", DATE_TIME), plain("hours", DECIMAL), plain("permanent", BOOLEAN)));
    }

    private static Attribute[] typed(Attribute value) {
        return new Attribute[] {
            value, plain("display", STRING), plain("type", STRING), plain("primary", BOOLEAN),
        };
    }

    private static Attribute[] reference() {
        return new Attribute[] {
            exact("value", STRING), exact("$ref", REFERENCE), plain("display", STRING), plain("type", STRING),
        };
    }

    private static SchemaExtension extension(String id, List<Attribute> attributes) {
        return new SchemaExtension(new Schema(id, id, "", attributes), false);
    }

    private static Attribute plain(String name, AttributeType type) {
        return attribute(name, type, false, false, Mutability.READ_WRITE, Returned.DEFAULT, List.of(), List.of());
    }

    private static Attribute exact(String name, AttributeType type) {
        return attribute(name, type, false, true, Mutability.READ_WRITE, Returned.DEFAULT, List.of(), List.of());
    }

    private static Attribute complex(String name, Attribute... subs) {
        return attribute(
                name, COMPLEX, false, false, Mutability.READ_WRITE, Returned.DEFAULT, List.of(), List.of(subs));
    }

    private static Attribute multi(String name, Attribute... subs) {
        return attribute(name, COMPLEX, true, false, Mutability.READ_WRITE, Returned.DEFAULT, List.of(), List.of(subs));
    }

    private static Attribute attribute(
            String name,
            AttributeType type,
            boolean multiValued,
            boolean caseExact,
            Mutability mutability,
            Returned returned,
            List<String> canonicalValues,
            List<Attribute> subs) {
        return new Attribute(
                name,
                type,
                multiValued,
                "",
                false,
                canonicalValues,
                false,
                caseExact,
                mutability,
                returned,
                name.equals("userName") ? Uniqueness.SERVER : Uniqueness.NONE,
                List.of(),
                subs);
    }
}
