package dev.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.tenant.SettingsSchema;
import dev.muster.tenant.TenantSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/settings.md has a section for each setting of the schema, which names its parts, with an example that is accepted. */
class SettingsPageTest {

    private static final Pattern SECTION = Pattern.compile("(?ms)^### `(\\w+)`\n(.*?)(?=^##|\\z)");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\n(.*?)```");

    @Test
    void everySettingIsExplained() throws IOException {
        Map<String, String> sections = SECTION.matcher(Files.readString(Path.of("docs/settings.md")))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        JsonNode settings = SettingsSchema.document().path("properties");
        List<String> names = new ArrayList<>();
        settings.fieldNames().forEachRemaining(names::add);
        assertEquals(
                names.stream().sorted().toList(),
                sections.keySet().stream().sorted().toList());
        for (String name : names) {
            String section = sections.get(name);
            settings.path(name)
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(part -> assertTrue(
                            section.contains("`" + part + "`") || section.contains("\"" + part + "\""),
                            name + "." + part));
            settings.path(name)
                    .path("enum")
                    .forEach(value -> assertTrue(value.isNull() || section.contains("`" + value.asText() + "`"), name));
            acceptExample(name, section);
        }
    }

    private static void acceptExample(String name, String section) throws JsonProcessingException {
        List<String> examples = EXAMPLE.matcher(section)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertEquals(1, examples.size(), name);
        ObjectNode example = (ObjectNode) JsonMapper.builder().build().readTree(examples.getFirst());
        assertTrue(example.has(name), name);
        TenantSettings.check(example);
    }
}
