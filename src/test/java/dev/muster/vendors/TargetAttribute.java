package dev.muster.vendors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attribute of a user as the attribute mappings of Entra ID name it: where its value stands in the JSON of the user, both
 * as Entra ID sends it and as it is answered.
 */
sealed interface TargetAttribute {

    /** Puts the value where Entra ID does when it creates a user. */
    void put(ObjectNode user, String value);

    /** The value that a user has; a missing node where there is none. */
    JsonNode in(JsonNode user);

    /** Takes the value out, and nothing else. */
    void takeOut(ObjectNode user);

    static TargetAttribute of(String name) {
        Matcher element = OfElement.SYNTAX.matcher(name);
        if (element.matches()) {
            return new OfElement(element.group(1), element.group(2), element.group(3));
        }
        Matcher extension = OfPart.EXTENSION.matcher(name);
        if (extension.matches()) {
            return extension.group(2).equals("manager")
                    ? new OfManager(extension.group(1))
                    : new OfPart(extension.group(1), extension.group(2));
        }
        int dot = name.indexOf('.');
        return dot < 0 ? new Plain(name) : new OfPart(name.substring(0, dot), name.substring(dot + 1));
    }

    /** Such as {@code title}. */
    record Plain(String name) implements TargetAttribute {
        @Override
        public void put(ObjectNode user, String value) {
            user.put(name, value);
        }

        @Override
        public JsonNode in(JsonNode user) {
            return user.path(name);
        }

        @Override
        public void takeOut(ObjectNode user) {
            user.remove(name);
        }
    }

    /** Such as {@code name.givenName}, or an attribute of an extension, written with a colon or a dot. */
    record OfPart(String whole, String name) implements TargetAttribute {
        private static final Pattern EXTENSION = Pattern.compile("(urn:[\\w:.]+:User)[:.](\\w+)");

        @Override
        public void put(ObjectNode user, String value) {
            user.withObjectProperty(whole).put(name, value);
        }

        @Override
        public JsonNode in(JsonNode user) {
            return user.path(whole).path(name);
        }

        @Override
        public void takeOut(ObjectNode user) {
            ((ObjectNode) user.path(whole)).remove(name);
        }
    }

    /** The {@code manager} of an extension. */
    record OfManager(String extension) implements TargetAttribute {
        @Override
        public void put(ObjectNode user, String value) {
            user.withObjectProperty(extension).putObject("manager").put("value", value);
        }

        @Override
        public JsonNode in(JsonNode user) {
            return user.path(extension).path("manager").path("value");
        }

        @Override
        public void takeOut(ObjectNode user) {
            ((ObjectNode) user.path(extension)).remove("manager");
        }
    }

    /** Such as {@code emails[type eq "work"].value}. */
    record OfElement(String attribute, String type, String name) implements TargetAttribute {
        private static final Pattern SYNTAX = Pattern.compile("(\\w+)\\[type eq \"(\\w+)\"]\\.(\\w+)");

        @Override
        public void put(ObjectNode user, String value) {
            JsonNode element = element(user);
            if (element instanceof ObjectNode there) {
                there.put(name, value);
            } else {
                user.withArrayProperty(attribute)
                        .add(JsonNodeFactory.instance
                                .objectNode()
                                .put("primary", attribute.equals("emails"))
                                .put("type", type)
                                .put(name, value));
            }
        }

        @Override
        public JsonNode in(JsonNode user) {
            return element(user).path(name);
        }

        @Override
        public void takeOut(ObjectNode user) {
            ((ObjectNode) element(user)).remove(name);
        }

        private JsonNode element(JsonNode user) {
            return user.path(attribute)
                    .valueStream()
                    .filter(element -> element.path("type").asText().equals(type))
                    .findFirst()
                    .orElse(MissingNode.getInstance());
        }
    }
}
