package dev.muster.scim.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.Returned;
import dev.muster.scim.schema.Schema;
import dev.muster.scim.schema.SchemaRegistry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the values of attributes that are never stored, {@code password} above all, out of a request that has to be kept until
 * it is executed: wherever a member has such a name, however spelt and nested, and where a PATCH operation has such a path.
 * They are masked and not removed, so that what is wrong with a request stays wrong with it. Nothing else changes. Immutable.
 */
public final class SecretMask {

    private static final String PASSWORD = "password";
    private static final String TEXT = "********";
    private static final Pattern VALUE_FILTER = Pattern.compile("\\[[^\\]]*]?");
    private static final Pattern FILTER_OR_LITERAL = Pattern.compile("[\\[\"]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}_$-]+");

    /** As wide as what has been read already; half of a surrogate pair survives only as an escape. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNumberLength(10_000).build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final List<String> schemaIds;
    private final List<String> names;
    private final boolean ambiguous;

    /** A mask for the requests of a tenant with these schemas. */
    public SecretMask(SchemaRegistry schemas) {
        schemaIds = schemas.schemas().stream().map(Schema::id).toList();
        List<Attribute> whole = schemas.schemas().stream()
                .flatMap(schema -> schema.attributes().stream())
                .toList();
        names = Stream.concat(
                        Stream.of(PASSWORD),
                        whole.stream().filter(SecretMask::neverStored).map(Attribute::name))
                .distinct()
                .toList();
        ambiguous = whole.stream()
                .filter(attribute -> !neverStored(attribute))
                .flatMap(attribute -> Stream.concat(Stream.of(attribute), attribute.subAttributes().stream()))
                .anyMatch(attribute -> isSecret(attribute.name()));
    }

    /** Whether a stored attribute has the name of one that is not: masking would then change what is stored. */
    public boolean isAmbiguous() {
        return ambiguous;
    }

    /** {@code json}, which is well-formed JSON in UTF-8, without the values of such attributes. */
    public String masked(byte[] json) {
        StringWriter masked = new StringWriter(json.length + json.length / 8);
        try (JsonParser first = JSON.createParser(json);
                JsonParser second = JSON.createParser(json);
                JsonGenerator copy = JSON.createGenerator(masked)) {
            new Copy(operationsOnSecrets(first)).write(second, copy);
        } catch (IOException e) {
            throw new UncheckedIOException("a request that has been read before", e);
        }
        return masked.toString();
    }

    /** Which of the objects, counted as they begin, are PATCH operations on such an attribute: value may stand before path. */
    private Set<Integer> operationsOnSecrets(JsonParser parser) throws IOException {
        Set<Integer> withOp = new HashSet<>();
        Set<Integer> withSecretPath = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        int objects = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> open.push(objects++);
                case END_OBJECT -> open.pop();
                case VALUE_STRING -> {
                    String name = parser.currentName();
                    if ("op".equalsIgnoreCase(name)) {
                        withOp.add(open.element());
                    } else if ("path".equalsIgnoreCase(name) && isSecret(parser.getText())) {
                        withSecretPath.add(open.element());
                    }
                }
                default -> {}
            }
        }
        withSecretPath.retainAll(withOp);
        return withSecretPath;
    }

    /** One copy while it is being made. */
    private final class Copy {

        private final Set<Integer> operations;
        private final Map<String, Boolean> secretNames = new HashMap<>();
        private final Deque<Boolean> open = new ArrayDeque<>();
        private int objects;
        private int depth;

        /** The depth of nesting at which everything is masked until the value that began there ends; 0 where nothing is. */
        private int maskedFrom;

        Copy(Set<Integer> operations) {
            this.operations = operations;
        }

        void write(JsonParser parser, JsonGenerator copy) throws IOException {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                write(token, parser, copy);
            }
        }

        private void write(JsonToken token, JsonParser parser, JsonGenerator copy) throws IOException {
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    depth++;
                    if (token == JsonToken.START_OBJECT) {
                        open.push(operations.contains(objects++));
                    }
                    copy.copyCurrentEvent(parser);
                }
                case END_OBJECT, END_ARRAY -> {
                    depth--;
                    if (token == JsonToken.END_OBJECT) {
                        open.pop();
                    }
                    copy.copyCurrentEvent(parser);
                    valueEnds();
                }
                case FIELD_NAME -> {
                    String name = parser.currentName();
                    if (maskedFrom == 0 && (isSecretName(name) || (open.element() && name.equalsIgnoreCase("value")))) {
                        maskedFrom = depth + 1;
                    }
                    copy.writeFieldName(name);
                }
                case VALUE_STRING -> {
                    copy.writeString(
                            maskedFrom > 0
                                    ? TEXT
                                    : "path".equalsIgnoreCase(parser.currentName())
                                            ? refusedAlike(parser.getText())
                                            : parser.getText());
                    valueEnds();
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    copy.writeNumber(maskedFrom > 0 ? "0" : parser.getText());
                    valueEnds();
                }
                default -> {
                    copy.copyCurrentEvent(parser);
                    valueEnds();
                }
            }
        }

        private void valueEnds() {
            if (maskedFrom == depth + 1) {
                maskedFrom = 0;
            }
        }

        private boolean isSecretName(String name) {
            return secretNames.computeIfAbsent(name, SecretMask.this::isSecret);
        }
    }

    /** Whether a name, a path or a URN with a name at its end means an attribute that is never stored. */
    private boolean isSecret(String name) {
        if (schemaIds.stream().anyMatch(name::equalsIgnoreCase)) {
            return false;
        }
        String path = VALUE_FILTER.matcher(withoutLiterals(name)).replaceAll("");
        return mentionsSecret(path.substring(path.lastIndexOf(':') + 1));
    }

    /** A path with a filter or a literal in it that has to do with such an attribute will be refused, whatever they are. */
    private String refusedAlike(String path) {
        String bare = withoutLiterals(path);
        Matcher uncertain = FILTER_OR_LITERAL.matcher(path);
        return uncertain.find() && mentionsSecret(bare.substring(bare.lastIndexOf(':') + 1))
                ? path.substring(0, uncertain.start()) + "[" + PASSWORD + "]"
                : path;
    }

    private static String withoutLiterals(String text) {
        StringBuilder outside = new StringBuilder(text.length());
        boolean literal = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                literal = !literal;
            } else if (literal && c == '\\') {
                i++;
            } else if (!literal) {
                outside.append(c);
            }
        }
        return outside.toString();
    }

    private boolean mentionsSecret(String text) {
        return BETWEEN_WORDS.splitAsStream(text).anyMatch(word -> names.stream().anyMatch(word::equalsIgnoreCase));
    }

    private static boolean neverStored(Attribute attribute) {
        return attribute.returned() == Returned.NEVER || attribute.mutability() == Mutability.WRITE_ONLY;
    }
}
