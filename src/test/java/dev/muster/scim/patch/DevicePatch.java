package dev.muster.scim.patch;

import static dev.muster.scim.Json.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.Json;
import dev.muster.scim.SampleTypes;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Canonical operations on {@link SampleTypes#DEVICE}, written briefly: {@code EXT} in texts stands for its extension. */
final class DevicePatch {

    private static final PathParser PATHS =
            new PathParser(SampleTypes.DEVICE, Conformance.COMPAT, FilterLimits.DEFAULT);

    private DevicePatch() {}

    static PatchOperation add(String path, String value) {
        return new PatchOperation.Add(path(path), json(value));
    }

    static PatchOperation replace(String path, String value) {
        return new PatchOperation.Replace(path(path), json(value));
    }

    static PatchOperation remove(String path) {
        return new PatchOperation.Remove(path(path), null);
    }

    static PatchOperation remove(String path, @Nullable String value) {
        return new PatchOperation.Remove(path(path), value == null ? null : json(value));
    }

    static Path.OfAttribute path(String text) {
        return (Path.OfAttribute) PATHS.parse(text.replace("EXT", SampleTypes.EXTENSION));
    }

    /** A canonical document: {@code members} with {@code schemas} in front. */
    static ObjectNode device(String members) {
        ObjectNode body = Json.object(members.replace("EXT", SampleTypes.EXTENSION));
        ObjectNode document = Json.object("{}");
        document.putArray("schemas").add(SampleTypes.CORE);
        if (body.has(SampleTypes.EXTENSION)) {
            document.withArray("schemas").add(SampleTypes.EXTENSION);
        }
        document.setAll(body);
        return document;
    }

    static JsonNode applied(Conformance conformance, String before, PatchOperation... operations) {
        return new PatchApplier(SampleTypes.DEVICE, conformance).apply(device(before), List.of(operations));
    }
}
