package dev.muster.tenant;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.AttributeNames;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import dev.muster.tenant.settings.AccountRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes of the schemas that a tenant has declared those that its rules leave: with what is on, and what is unique marked. */
final class TakenAttributes {

    private static final String USER = "User";

    private final AccountRules rules;

    TakenAttributes(AccountRules rules) {
        this.rules = rules;
    }

    /**
     * The attributes of {@code declared} that are taken.
     *
     * @throws TenantProblem where a rule names what there is not, or a user could never meet {@code requireOneOf}
     */
    SchemaRegistry of(SchemaRegistry declared) {
        SchemaRegistry taken = unique(on(declared));
        requireKnown(taken.resourceType(USER).orElseThrow());
        return taken;
    }

    private SchemaRegistry on(SchemaRegistry declared) {
        if (rules.attributes().on().isEmpty()) {
            return declared;
        }
        Map<String, List<AttributeRef>> on = new HashMap<>();
        rules.attributes().on().forEach((name, paths) -> {
            String pointer = "/attributes/on/" + name;
            ResourceType type = declared.resourceType(name)
                    .orElseThrow(() -> TenantProblem.invalid(pointer, "There is no such resource type."));
            on.put(name, attributes(type, paths, pointer));
        });
        try {
            return declared.withOnly(on);
        } catch (ScimException e) {
            throw TenantProblem.invalid("/attributes/on", e.error().detail());
        }
    }

    private SchemaRegistry unique(SchemaRegistry taken) {
        if (rules.uniqueness().isEmpty()) {
            return taken;
        }
        ResourceType user = taken.resourceType(USER).orElseThrow();
        try {
            return taken.withUnique(USER, attributes(user, rules.uniqueness(), "/uniqueness"));
        } catch (ScimException e) {
            throw TenantProblem.invalid("/uniqueness", e.error().detail());
        }
    }

    private void requireKnown(ResourceType user) {
        PathParser paths = new PathParser(user, Conformance.COMPAT, FilterLimits.DEFAULT);
        for (int i = 0; i < rules.requireOneOf().size(); i++) {
            String pointer = "/requireOneOf/" + i;
            try {
                if (paths.parse(rules.requireOneOf().get(i)) instanceof Path.OfSchema) {
                    throw TenantProblem.invalid(pointer, "Must be the path of an attribute, not a schema.");
                }
            } catch (ScimException e) {
                throw TenantProblem.invalid(pointer, e.error().detail());
            }
        }
    }

    private static List<AttributeRef> attributes(ResourceType type, List<String> paths, String pointer) {
        AttributeNames names = new AttributeNames(type, Conformance.COMPAT);
        List<AttributeRef> attributes = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String attribute = pointer + "/" + i;
            attributes.add(
                    names.resolve(paths.get(i))
                            .orElseThrow(
                                    () -> TenantProblem.invalid(
                                            attribute,
                                            type.name()
                                                    + " has no such attribute, or it is not on. Name an attribute, a sub-attribute such"
                                                    + " as name.givenName, or one of an extension with the extension's URN in front.")));
        }
        return attributes;
    }
}
