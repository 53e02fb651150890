package dev.muster.scim.fuzz;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.dialect.SentName;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import dev.muster.scim.filter.PathText;
import dev.muster.scim.schema.ResourceType;
import java.util.Optional;
import java.util.Set;

/** Any text is a path or refused; a path that is written and read again is the same. */
public final class PathFuzz {

    private static final FilterLimits WIDE = new FilterLimits(1_000_000, 100, 10_000);
    private static final Set<ScimType> REFUSALS =
            Set.of(ScimType.INVALID_PATH, ScimType.INVALID_FILTER, ScimType.INVALID_SYNTAX);

    private PathFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzInput.text(input);
        for (ResourceType type : FuzzInput.TYPES) {
            for (Conformance conformance : Conformance.values()) {
                parse(type, conformance, FilterLimits.DEFAULT, text).ifPresent(path -> {
                    String written = PathText.of(path);
                    Optional<Path> again = parse(type, Conformance.STRICT, WIDE, written);
                    if (!again.equals(Optional.of(path))) {
                        throw new AssertionError(written);
                    }
                });
            }
            SentName.parse(type, text).ifPresent(name -> parse(type, Conformance.COMPAT, WIDE, name.toString()));
        }
    }

    private static Optional<Path> parse(ResourceType type, Conformance conformance, FilterLimits limits, String text) {
        try {
            return Optional.of(new PathParser(type, conformance, limits).parse(text));
        } catch (ScimException e) {
            if (!REFUSALS.contains(e.error().scimType())) {
                throw new AssertionError(e.error().toString());
            }
            return Optional.empty();
        }
    }
}
