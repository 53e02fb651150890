package dev.muster.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a settings document says, and whether a tenant can have it. */
final class SettingsDocument {

    private static final String PRESET = "preset";

    private SettingsDocument() {}

    /**
     * The document over its preset (RFC 7396), without nulls at the top and in objects.
     *
     * @throws TenantProblem where there is no such preset
     */
    static ObjectNode effective(ObjectNode document) {
        return (ObjectNode) MergePatch.apply(presetSettings(document.path(PRESET)), document);
    }

    private static @Nullable ObjectNode presetSettings(JsonNode name) {
        if (name.isMissingNode() || name.isNull()) {
            return null;
        }
        return Preset.named(name.asText())
                .map(Preset::settings)
                .orElseThrow(() -> TenantProblem.invalid(
                        "/" + PRESET,
                        "There is no such preset. The presets are: "
                                + Preset.all().stream().map(Preset::name).collect(Collectors.joining(", ")) + "."));
    }

    /** {@code document} with all that it does not say written out: its preset's settings, and the defaults. */
    static ObjectNode withDefaults(ObjectNode document) {
        ObjectNode effective = effective(document);
        ObjectNode defaults = TenantSettings.parse(document).asJson();
        defaults.set(PRESET, document.has(PRESET) ? document.get(PRESET) : JsonNodeFactory.instance.nullNode());
        complete(effective, defaults);
        ObjectNode inOrder = JsonNodeFactory.instance.objectNode();
        SettingsSchema.document()
                .path("properties")
                .fieldNames()
                .forEachRemaining(setting -> inOrder.set(setting, effective.get(setting)));
        return inOrder;
    }

    private static void complete(ObjectNode said, ObjectNode defaults) {
        defaults.properties().forEach(member -> {
            JsonNode own = said.get(member.getKey());
            if (own == null) {
                said.set(member.getKey(), member.getValue());
            } else if (own instanceof ObjectNode object && member.getValue() instanceof ObjectNode wanted) {
                complete(object, wanted);
            }
        });
    }

    /**
     * Finds all that is wrong with a document that somebody wants a tenant to have.
     *
     * @throws TenantProblem with every fault
     */
    static void check(ObjectNode document) {
        refuse(unstorable("", document, new ArrayList<>()));
        refuse(SettingsSchema.faults(document));
        refuse(SettingsMeaning.faults(TenantSettings.parse(document)));
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw TenantProblem.invalid(faults);
        }
    }

    /** PostgreSQL's JSON has neither U+0000 nor numbers that are not finite. */
    private static List<Fault> unstorable(String pointer, JsonNode value, List<Fault> found) {
        if (value.isTextual() && value.textValue().indexOf('\0') >= 0) {
            found.add(new Fault(pointer, "Must not hold the character U+0000."));
        }
        if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
            found.add(new Fault(pointer, "Must be a finite number."));
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            unstorable(Pointers.element(pointer, i), value.get(i), found);
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String place = Pointers.member(pointer, member.getKey().replace('\0', '\uFFFD'));
            if (member.getKey().indexOf('\0') >= 0) {
                found.add(new Fault(place, "The name must not hold the character U+0000."));
            }
            unstorable(place, member.getValue(), found);
        }
        return found;
    }
}
