package dev.muster.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import dev.muster.scim.resource.PathValues;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Shown;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.Departments;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a tenant demands of its users besides what their schemas do: a value at one of several paths, and a department that the
 * product knows. Pure.
 */
final class UserRules {

    private static final int LISTED = 20;

    private final AccountRules rules;
    private final PathParser paths;

    private UserRules(ResourceType type, AccountRules rules) {
        this.rules = rules;
        this.paths = new PathParser(type, Conformance.COMPAT, FilterLimits.DEFAULT);
    }

    /** The rules for resources of {@code type}; empty where there are none. */
    static Optional<UserRules> of(Tenant tenant, ResourceType type) {
        AccountRules rules = tenant.settings().rules();
        boolean demanding = !rules.requireOneOf().isEmpty() || closed(rules.departments());
        return demanding && type.name().equals("User") ? Optional.of(new UserRules(type, rules)) : Optional.empty();
    }

    /**
     * Refuses a user who does not meet the rules.
     *
     * @throws ScimException invalidValue, naming the attributes
     */
    void check(ObjectNode user) {
        checkOneOf(user);
        checkDepartment(user);
    }

    /**
     * Refuses a change by which a user does not meet the rules. What it does not touch is not looked at: a rule that came later
     * must not stop the end of an account.
     */
    void checkChange(ObjectNode before, ObjectNode after) {
        if (!values(rules.requireOneOf(), before).equals(values(rules.requireOneOf(), after))) {
            checkOneOf(after);
        }
        List<String> from = List.of(rules.departments().from());
        if (!values(from, before).equals(values(from, after))) {
            checkDepartment(after);
        }
    }

    private void checkOneOf(ObjectNode user) {
        List<String> oneOf = rules.requireOneOf();
        if (!oneOf.isEmpty() && values(oneOf, user).isEmpty()) {
            throw ScimException.invalidValue(
                    oneOf.size() == 1
                            ? oneOf.getFirst() + " is required: every user has a value of it"
                            : "one of " + String.join(", ", oneOf)
                                    + " is required: every user has a value of at least one");
        }
    }

    private void checkDepartment(ObjectNode user) {
        Departments departments = rules.departments();
        if (!closed(departments)) {
            return;
        }
        Set<String> known =
                departments.map().keySet().stream().map(CaseFolding::fold).collect(Collectors.toUnmodifiableSet());
        for (String department : values(List.of(departments.from()), user)) {
            if (!known.contains(CaseFolding.fold(department))) {
                throw ScimException.invalidValue(departments.from() + " has the value \"" + Shown.of(department)
                        + "\", which is no department here" + listed(departments));
            }
        }
    }

    /** As long as nothing is mapped, every department is the product's too. */
    private static boolean closed(Departments departments) {
        return departments.unmapped() == Departments.Unmapped.REJECT
                && !departments.map().isEmpty();
    }

    private static String listed(Departments departments) {
        if (departments.map().size() > LISTED) {
            return "; the settings of the tenant have the list of those that are";
        }
        return departments.map().keySet().stream()
                .sorted()
                .map(Shown::of)
                .collect(Collectors.joining(", ", "; these are: ", ""));
    }

    /** The values at the paths that are not blank, as texts. */
    private List<String> values(List<String> all, ObjectNode user) {
        return all.stream()
                .flatMap(path -> values(path, user))
                .filter(value -> !value.isBlank())
                .toList();
    }

    /** None where the attribute is off. */
    private Stream<String> values(String path, ObjectNode user) {
        return paths.find(path).stream()
                .filter(Path.OfAttribute.class::isInstance)
                .map(Path.OfAttribute.class::cast)
                .flatMap(meant -> PathValues.all(meant, user).stream())
                .map(value -> value.isContainerNode() ? value.toString() : value.asText());
    }
}
