package dev.muster.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.Departments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a user what its account says: a pure function of the user, its roles and the tenant's rules. Which account it is,
 * and what follows of the account's past, is not its matter ({@link AccountTransition}).
 */
final class AccountProjection {

    private static final String EMPLOYEE_NUMBER =
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber";

    /** RFC 5321 §4.5.3.1: an address has at most 254 characters. */
    private static final int LONGEST_KEY = 256;

    private final AccountRules rules;
    private final FieldSource workEmail;
    private final FieldSource email;
    private final FieldSource employeeNumber;
    private final FieldSource department;
    private final Map<String, String> departments;
    private final Map<String, FieldSource> fields;

    /** @param type the tenant's User */
    AccountProjection(ResourceType type, AccountRules rules) {
        this.rules = rules;
        this.workEmail = FieldSource.at(type, "emails[type eq \"work\"].value");
        this.email = FieldSource.at(type, "emails.value");
        this.employeeNumber = FieldSource.at(type, EMPLOYEE_NUMBER);
        this.department = FieldSource.at(type, rules.departments().from());
        this.departments = rules.departments().map().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> CaseFolding.fold(entry.getKey()), Map.Entry::getValue, (first, second) -> first));
        this.fields = new TreeMap<>();
        rules.accountFields().forEach((name, field) -> fields.put(name, FieldSource.of(type, field)));
    }

    Projected project(ObjectNode user, List<String> roles) {
        Optional<String> said = department.of(user).map(JsonNode::asText);
        Optional<String> mapped = said.map(name -> departments.get(CaseFolding.fold(name)));
        boolean unknown = said.isPresent()
                && mapped.isEmpty()
                && rules.departments().unmapped() != Departments.Unmapped.PASS
                && !departments.isEmpty();
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, source) -> source.of(user).ifPresent(value -> values.set(name, value)));
        Profile profile = new Profile(
                text(user.get("externalId")),
                text(user.get("userName")),
                workEmail
                        .of(user)
                        .or(() -> email.of(user))
                        .map(JsonNode::asText)
                        .orElse(null),
                employeeNumber.of(user).map(JsonNode::asText).orElse(null),
                mapped.or(() -> said).orElse(null),
                roles,
                rules.signIn(),
                values);
        return new Projected(profile, user.path("active").asBoolean(true), unknown);
    }

    /** What is longer is no address and no number, and would be too long for an index. */
    private static @Nullable String bounded(Optional<JsonNode> value) {
        return value.map(JsonNode::asText)
                .filter(text -> text.length() <= LONGEST_KEY)
                .orElse(null);
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null ? null : value.textValue();
    }
}
