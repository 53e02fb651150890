package dev.muster.tenant;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import dev.muster.scim.schema.Shown;
import dev.muster.tenant.settings.AccountField;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.DeletionGuard;
import dev.muster.tenant.settings.Deprovisioning;
import dev.muster.tenant.settings.Deprovisioning.Action;
import dev.muster.tenant.settings.Matching;
import dev.muster.tenant.settings.RoleMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a JSON Schema cannot say of settings: whether what they name is there, and whether they go together. */
final class SettingsMeaning {

    private static final String USER = "User";

    private final SchemaRegistry registry;
    private final Conformance conformance;
    private final List<Fault> faults = new ArrayList<>();

    private SettingsMeaning(SchemaRegistry registry, Conformance conformance) {
        this.registry = registry;
        this.conformance = conformance;
    }

    /**
     * What is wrong with settings that have been read.
     *
     * @throws TenantProblem where their schemas do not go together
     */
    static List<Fault> faults(TenantSettings settings) {
        SettingsMeaning meaning = new SettingsMeaning(settings.declared(), settings.conformance());
        meaning.of(settings.rules());
        meaning.scope(settings);
        if (meaning.faults.isEmpty()) {
            meaning.taken(settings);
        }
        return meaning.faults;
    }

    /** What is named is declared: now whether it is on, too. */
    private void taken(TenantSettings settings) {
        try {
            ScopeFilter.of(settings, settings.registry());
        } catch (TenantProblem e) {
            fault(String.valueOf(e.field()), e.detail());
        }
    }

    private void of(AccountRules rules) {
        rules.attributes()
                .on()
                .forEach((type, paths) -> attributesOn(Pointers.member("/attributes/on", type), type, paths));
        matching(rules.matching());
        values("/uniqueness", rules.uniqueness());
        values("/requireOneOf", rules.requireOneOf());
        deprovisioning(rules.deprovisioning());
        rules.accountFields().forEach((name, field) -> accountField(Pointers.member("/accountFields", name), field));
        value("/departments/from", rules.departments().from(), false);
        for (int i = 0; i < rules.roles().size(); i++) {
            role(Pointers.element("/roles", i), rules.roles().get(i));
        }
        deletionGuard(rules.deletionGuard());
    }

    private void attributesOn(String pointer, String typeName, List<String> paths) {
        ResourceType type = registry.resourceType(typeName).orElse(null);
        if (type == null) {
            fault(
                    pointer,
                    "There is no resource type of that name. There are: "
                            + registry.resourceTypes().stream()
                                    .map(ResourceType::name)
                                    .collect(Collectors.joining(", "))
                            + ".");
            return;
        }
        for (int i = 0; i < paths.size(); i++) {
            plainPath(Pointers.element(pointer, i), type, paths.get(i));
        }
    }

    private void matching(Matching matching) {
        if (!matching.by().containsAll(matching.review())) {
            fault("/matching/review", "Must name only what stands in /matching/by.");
        }
    }

    private void scope(TenantSettings settings) {
        try {
            ScopeFilter.of(settings, registry);
        } catch (TenantProblem e) {
            fault("/scope", e.detail());
        }
    }

    private void deprovisioning(Deprovisioning deprovisioning) {
        if (deprovisioning.action() != Action.BLOCK && deprovisioning.retentionDays() != null) {
            fault("/deprovisioning/retentionDays", "Is for the action \"block\" only. Remove it, or block.");
        }
    }

    private void accountField(String pointer, AccountField field) {
        if ((field.from() == null) == (field.constant() == null)) {
            fault(pointer, "Must have exactly one of from and constant.");
        } else if (field.from() != null) {
            value(pointer + "/from", field.from(), true);
        }
    }

    private void role(String pointer, RoleMapping role) {
        if ((role.externalId() == null) == (role.displayName() == null)) {
            fault(pointer, "Must name the group by exactly one of externalId and displayName.");
        }
    }

    private void deletionGuard(@Nullable DeletionGuard guard) {
        if (guard != null && guard.count() == null && guard.share() == null) {
            fault("/deletionGuard", "Must have count or share or both; null for no guard.");
        }
    }

    private void values(String pointer, List<String> paths) {
        for (int i = 0; i < paths.size(); i++) {
            value(Pointers.element(pointer, i), paths.get(i), false);
        }
    }

    /** A path of something that a user can have as a value: simple, or complex with a {@code value}. */
    private void value(String pointer, String text, boolean filtered) {
        Path.OfAttribute path = filtered ? path(pointer, user(), text) : plainPath(pointer, user(), text);
        if (path == null) {
            return;
        }
        Attribute target = path.attribute().target();
        if (path.attribute().isServers()) {
            fault(
                    pointer,
                    Shown.of(text) + " is read-only, and has no value here."
                            + " Name an attribute that the identity provider sends.");
        } else if (!target.readable()) {
            fault(pointer, Shown.of(text) + " is never kept, and has no value here.");
        } else if (target.complex() && target.subAttribute("value").isEmpty()) {
            fault(pointer, Shown.of(text) + " is complex: name one of its sub-attributes.");
        }
    }

    private Path.@Nullable OfAttribute plainPath(String pointer, ResourceType type, String text) {
        Path.OfAttribute path = path(pointer, type, text);
        if (path != null && path.valueFilter() != null) {
            fault(pointer, "Must be the path of an attribute without a filter.");
            return null;
        }
        return path;
    }

    private Path.@Nullable OfAttribute path(String pointer, ResourceType type, String text) {
        try {
            return switch (new PathParser(type, conformance, FilterLimits.DEFAULT).parse(text)) {
                case Path.OfAttribute path -> path;
                case Path.OfSchema schema -> {
                    fault(pointer, "Must be the path of an attribute, not of a whole schema.");
                    yield null;
                }
            };
        } catch (ScimException e) {
            fault(pointer, e.error().detail());
            return null;
        }
    }

    private ResourceType user() {
        return Objects.requireNonNull(registry.resourceType(USER).orElse(null));
    }

    private void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }
}
