package dev.muster.scim.schema;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads attribute definitions (RFC 7643 §7) and applies the defaults of §2.2 to what they leave out. */
final class AttributeReader {

    private static final int MAX_ATTRIBUTES = 500;
    /** ATTRNAME of RFC 7643 §2.1, and {@code $ref}, which the RFC uses although its grammar has no name that begins with $. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9$_-]{0,127}|\\$ref");

    private static final Set<String> MEMBERS = Set.of(
            "name",
            "type",
            "multiValued",
            "description",
            "required",
            "canonicalValues",
            "restrictToCanonicalValues",
            "caseExact",
            "mutability",
            "returned",
            "uniqueness",
            "referenceTypes",
            "subAttributes");
    private static final List<String> TYPES =
            Arrays.stream(AttributeType.values()).map(AttributeType::keyword).toList();
    private static final List<String> MUTABILITIES =
            Arrays.stream(Mutability.values()).map(Mutability::keyword).toList();
    private static final List<String> RETURNED =
            Arrays.stream(Returned.values()).map(Returned::keyword).toList();
    private static final List<String> UNIQUENESS =
            Arrays.stream(Uniqueness.values()).map(Uniqueness::keyword).toList();

    private final int levels;

    /** @param levels how deep complex attributes may nest: 1 for what tenants declare (RFC 7643 §2.3.8) */
    AttributeReader(int levels) {
        this.levels = levels;
    }

    /** The attributes in the array {@code member} of {@code owner}. */
    List<Attribute> attributes(LocatedJson owner, String member) {
        return attributes(owner, member, levels);
    }

    private List<Attribute> attributes(LocatedJson owner, String member, int complexLevels) {
        List<LocatedJson> elements = owner.elements(member);
        if (elements.size() > MAX_ATTRIBUTES) {
            throw owner.wrong("has more than " + MAX_ATTRIBUTES + " " + member);
        }
        Set<String> names = new HashSet<>();
        return elements.stream()
                .map(element -> {
                    Attribute attribute = attribute(element.object(), complexLevels);
                    if (!names.add(attribute.name().toLowerCase(Locale.ROOT))) {
                        throw element.wrong(
                                "repeats the name " + attribute.name() + "; names differ by more than case");
                    }
                    return attribute;
                })
                .toList();
    }

    private Attribute attribute(LocatedJson json, int complexLevels) {
        json.knownMembers(MEMBERS);
        AttributeType type = json.choice("type", AttributeType::of, AttributeType.STRING, TYPES);
        Mutability mutability = json.choice("mutability", Mutability::of, Mutability.READ_WRITE, MUTABILITIES);
        Returned returned = mutability == Mutability.WRITE_ONLY ? Returned.NEVER : Returned.DEFAULT;
        return new Attribute(
                name(json),
                type,
                json.flag("multiValued", false),
                json.text("description", ""),
                json.flag("required", false),
                canonicalValues(json, type),
                json.flag("restrictToCanonicalValues", false),
                caseExact(json, type),
                mutability,
                json.choice("returned", Returned::of, returned, RETURNED),
                json.choice("uniqueness", Uniqueness::of, Uniqueness.NONE, UNIQUENESS),
                referenceTypes(json, type),
                subAttributes(json, type, complexLevels));
    }

    private static String name(LocatedJson json) {
        String name = json.text("name");
        if (!NAME.matcher(name).matches()) {
            throw json.wrong("has the name \"" + Shown.of(name)
                    + "\"; a name is a letter and then at most 127 letters, digits, $, - or _ (RFC 7643 §2.1)");
        }
        return name;
    }

    /** References and binary values are always compared with regard to case (RFC 7643 §2.3.6, §2.3.7). */
    private static boolean caseExact(LocatedJson json, AttributeType type) {
        boolean declared = json.flag("caseExact", false);
        return declared || type == AttributeType.REFERENCE || type == AttributeType.BINARY;
    }

    private static List<String> canonicalValues(LocatedJson json, AttributeType type) {
        List<String> values = json.texts("canonicalValues");
        boolean textual = type == AttributeType.STRING || type == AttributeType.REFERENCE;
        if (!values.isEmpty() && !textual) {
            throw json.wrong("has canonicalValues, which only string and reference attributes can have");
        }
        if (values.isEmpty() && json.flag("restrictToCanonicalValues", false)) {
            throw json.wrong("restricts to canonicalValues but lists none");
        }
        return values;
    }

    private static List<String> referenceTypes(LocatedJson json, AttributeType type) {
        List<String> types = json.texts("referenceTypes");
        if (type == AttributeType.REFERENCE) {
            return types.isEmpty() ? List.of("uri") : types;
        }
        if (!types.isEmpty()) {
            throw json.wrong("has referenceTypes, which only reference attributes can have");
        }
        return types;
    }

    private List<Attribute> subAttributes(LocatedJson json, AttributeType type, int complexLevels) {
        LocatedJson declared = json.member("subAttributes");
        boolean empty = declared == null || declared.node().isEmpty();
        if (type != AttributeType.COMPLEX) {
            if (!empty) {
                throw json.wrong("has subAttributes, which only complex attributes can have");
            }
            return List.of();
        }
        if (complexLevels == 0) {
            throw json.wrong("is complex inside a complex attribute, which RFC 7643 §2.3.8 does not allow");
        }
        if (empty) {
            throw json.wrong("is complex and needs subAttributes");
        }
        return attributes(json, "subAttributes", complexLevels - 1);
    }
}
