package dev.muster.scim.schema;

import java.util.List;

/** The attributes that every resource has whatever its schema (RFC 7643 §3, §3.1). They stand in no Schema resource. */
public final class CommonAttributes {

    public static final Attribute SCHEMAS =
            simple("schemas", AttributeType.REFERENCE, true, true, false, Mutability.READ_WRITE, Returned.ALWAYS);
    public static final Attribute ID =
            simple("id", AttributeType.STRING, false, false, true, Mutability.READ_ONLY, Returned.ALWAYS);
    public static final Attribute EXTERNAL_ID =
            simple("externalId", AttributeType.STRING, false, false, true, Mutability.READ_WRITE, Returned.DEFAULT);
    public static final Attribute META = new Attribute(
            "meta",
            AttributeType.COMPLEX,
            false,
            "What the service provider knows about the resource",
            false,
            List.of(),
            false,
            false,
            Mutability.READ_ONLY,
            Returned.DEFAULT,
            Uniqueness.NONE,
            List.of(),
            List.of(
                    simple(
                            "resourceType",
                            AttributeType.STRING,
                            false,
                            false,
                            true,
                            Mutability.READ_ONLY,
                            Returned.DEFAULT),
                    simple(
                            "created",
                            AttributeType.DATE_TIME,
                            false,
                            false,
                            true,
                            Mutability.READ_ONLY,
                            Returned.DEFAULT),
                    simple(
                            "lastModified",
                            AttributeType.DATE_TIME,
                            false,
                            false,
                            true,
                            Mutability.READ_ONLY,
                            Returned.DEFAULT),
                    simple(
                            "location",
                            AttributeType.REFERENCE,
                            false,
                            false,
                            true,
                            Mutability.READ_ONLY,
                            Returned.DEFAULT),
                    simple(
                            "version",
                            AttributeType.STRING,
                            false,
                            false,
                            true,
                            Mutability.READ_ONLY,
                            Returned.DEFAULT)));

    /** In the order in which a response shows them. */
    public static final List<Attribute> ALL = AttributeList.copyOf(List.of(SCHEMAS, ID, EXTERNAL_ID, META));

    private CommonAttributes() {}

    private static Attribute simple(
            String name,
            AttributeType type,
            boolean multiValued,
            boolean required,
            boolean caseExact,
            Mutability mutability,
            Returned returned) {
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
                returned,
                Uniqueness.NONE,
                type == AttributeType.REFERENCE ? List.of("uri") : List.of(),
                List.of());
    }
}
