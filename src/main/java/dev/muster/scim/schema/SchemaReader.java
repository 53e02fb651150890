package dev.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads Schema resources (RFC 7643 §7), with Muster's own characteristic {@code restrictToCanonicalValues}, and refuses
 * what could not be enforced or is misspelt.
 */
public final class SchemaReader {

    /** A URN (RFC 8141) of the characters that the path grammar of RFC 7644 §3.10 can hold in front of an attribute. */
    private static final Pattern URN =
            Pattern.compile("(?i)urn:[a-z0-9][a-z0-9-]{0,31}:[a-z0-9()+,.:=@;$_!*'%/?#-]*[a-z0-9()+,.=@;$_!*'%/?#-]");

    private static final int MAX_ID_LENGTH = 255;
    private static final Set<String> MEMBERS = Set.of("schemas", "id", "name", "description", "attributes", "meta");

    private final AttributeReader attributes;

    private SchemaReader(int complexLevels) {
        this.attributes = new AttributeReader(complexLevels);
    }

    /** A reader for schemas of resources: their complex attributes do not nest. */
    public static SchemaReader ofResources() {
        return new SchemaReader(1);
    }

    /** A reader for the schemas of discovery, of which Schema nests complex attributes (RFC 7643 §8.7.2). */
    static SchemaReader ofDiscovery() {
        return new SchemaReader(2);
    }

    /**
     * The schema that {@code json} describes.
     *
     * @throws ScimException invalidValue; the detail begins with the JSON pointer of what is wrong
     */
    public Schema read(JsonNode json) {
        return read(new LocatedJson(json, ""), MEMBERS);
    }

    Schema read(LocatedJson json, Set<String> knownMembers) {
        json.object().knownMembers(knownMembers);
        String id = json.text("id");
        if (id.length() > MAX_ID_LENGTH || !URN.matcher(id).matches()) {
            throw new LocatedJson(json.node(), json.pointer() + "/id")
                    .wrong("must be a URN of at most " + MAX_ID_LENGTH + " characters, such as urn:example:2.0:User");
        }
        List<Attribute> read = attributes.attributes(json, "attributes");
        if (read.isEmpty()) {
            throw new LocatedJson(json.node(), json.pointer() + "/attributes")
                    .wrong("must hold at least one attribute");
        }
        return new Schema(
                id, json.text("name", id.substring(id.lastIndexOf(':') + 1)), json.text("description", ""), read);
    }
}
