package dev.muster.account;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.directory.Documents;
import dev.muster.tenant.TenantProblem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a line of an import; what is wrong with it is a {@link TenantProblem} that names the field. Pure. */
final class ImportReader {

    private static final String PRODUCT_ID = "productId";
    private static final String STATUS = "status";
    private static final String FIELDS = "fields";
    private static final Set<String> NAMES =
            Set.of(PRODUCT_ID, STATUS, FIELDS, "externalId", "userName", "email", "employeeNumber", "department");
    private static final Set<AccountStatus> STATUSES =
            Set.of(AccountStatus.ACTIVE, AccountStatus.INACTIVE, AccountStatus.BLOCKED);

    /** What an index takes, whatever the characters. */
    private static final int LONGEST_TEXT = 500;

    private static final int LONGEST_NAME = 64;
    private static final int MOST_DIGITS = 100;
    private static final int DEEPEST = 10;

    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(MOST_DIGITS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build()
            .readerFor(JsonNode.class);

    private ImportReader() {}

    static ImportedAccount read(byte[] line) {
        if (!(parsed(line) instanceof ObjectNode row)) {
            throw TenantProblem.invalid("/", "Must be a JSON object.");
        }
        row.fieldNames().forEachRemaining(name -> {
            if (!NAMES.contains(name)) {
                throw TenantProblem.invalid(
                        shortened(name),
                        "There is no such field. The fields are: "
                                + String.join(", ", NAMES.stream().sorted().toList()) + ".");
            }
        });
        String productId = text(row, PRODUCT_ID);
        if (productId == null) {
            throw TenantProblem.invalid(PRODUCT_ID, "Is required: by it the line is recognised when it comes again.");
        }
        return new ImportedAccount(
                productId,
                status(row),
                text(row, "externalId"),
                text(row, "userName"),
                text(row, "email"),
                text(row, "employeeNumber"),
                text(row, "department"),
                fields(row.path(FIELDS)));
    }

    private static JsonNode parsed(byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return JSON.readTree(parser);
        } catch (IOException e) {
            throw TenantProblem.invalid("/", "Must be a JSON object of its own on one line, each field once.");
        }
    }

    private static AccountStatus status(ObjectNode row) {
        String keyword = text(row, STATUS);
        return keyword == null
                ? AccountStatus.ACTIVE
                : AccountStatus.of(keyword)
                        .filter(STATUSES::contains)
                        .orElseThrow(() -> TenantProblem.invalid(STATUS, "Must be active, inactive or blocked."));
    }

    /** Null where there is nothing, which exports often say by an empty string. */
    private static @Nullable String text(ObjectNode row, String name) {
        JsonNode value = row.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw TenantProblem.invalid(name, "Must be a string.");
        }
        String text = value.textValue();
        if (text.length() > LONGEST_TEXT) {
            throw TenantProblem.invalid(name, "Must have at most " + LONGEST_TEXT + " characters.");
        }
        requireStorable(name, text);
        return text.isBlank() ? null : text;
    }

    private static ObjectNode fields(JsonNode sent) {
        ObjectNode fields = Documents.object();
        if (sent.isMissingNode() || sent.isNull()) {
            return fields;
        }
        if (!(sent instanceof ObjectNode object)) {
            throw TenantProblem.invalid(FIELDS, "Must be a JSON object.");
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = FIELDS + "." + shortened(field.getKey());
            requireStorable(name, field.getKey());
            JsonNode value = field.getValue();
            if (value.isNumber()) {
                fields.put(field.getKey(), number(name, value));
            } else if (value.isTextual()) {
                requireStorable(name, value.textValue());
                fields.set(field.getKey(), value);
            } else if (value.isBoolean()) {
                fields.set(field.getKey(), value);
            } else if (!value.isNull()) {
                throw TenantProblem.invalid(name, "Must be a string, a number, true, false or null.");
            }
        }
        return Documents.parse(fields.toString());
    }

    /** As the database writes it: without an exponent. */
    private static BigDecimal number(String name, JsonNode value) {
        BigDecimal number = value.decimalValue();
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw TenantProblem.invalid(name, "Must have at most " + MOST_DIGITS + " digits.");
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /** Whether the database takes it, and gives it back as it was: no U+0000, no half of a pair. */
    private static void requireStorable(String name, String text) {
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw TenantProblem.invalid(name, "Must not contain U+0000 or half of a surrogate pair.");
        }
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
