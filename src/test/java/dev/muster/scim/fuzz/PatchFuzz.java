package dev.muster.scim.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.Json;
import dev.muster.scim.SampleTypes;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.patch.PatchApplier;
import dev.muster.scim.patch.PatchLimits;
import dev.muster.scim.patch.PatchOperation;
import dev.muster.scim.patch.PatchParser;
import dev.muster.scim.patch.PatchPartition;
import dev.muster.scim.resource.Canonicalizer;
import dev.muster.scim.resource.ResourceRules;
import dev.muster.scim.schema.ResourceType;
import java.util.List;
import java.util.Map;

/** Any JSON is a PATCH request or refused with 400; what it makes of a resource is a resource that a POST could have made. */
public final class PatchFuzz {

    private static final Map<ResourceType, List<ObjectNode>> DOCUMENTS = Map.of(
            FuzzInput.USER,
            List.of(stored(FuzzInput.USER, "{'userName':'u'}"), stored(FuzzInput.USER, """
                            {'userName':'bjensen','active':true,'name':{'givenName':'B','familyName':'J'},'title':'t',
                             'emails':[{'value':'a','type':'work','primary':true},{'value':'b','type':'home'}],
                             'addresses':[{'type':'work','streetAddress':'s'}],'roles':[{'value':'r'}],
                             'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'manager':{'value':'m'},'department':'d'}}
                            """)),
            FuzzInput.GROUP,
            List.of(stored(FuzzInput.GROUP, "{'displayName':'g','externalId':'e'}")),
            SampleTypes.DEVICE,
            List.of(stored(SampleTypes.DEVICE, "{'userName':'u'}"), stored(SampleTypes.DEVICE, """
                            {'userName':'u','tags':['a','b'],'sizes':[1,2],'maker':'m','name':{'givenName':'B'},
                             'origin':{'plant':'p','note':'n','marks':['x']},'members':[{'value':'a','type':'User'}]}
                            """)));

    private PatchFuzz() {}

    private static ObjectNode stored(ResourceType type, String body) {
        return ResourceFuzz.canonical(type, Conformance.COMPAT, Json.json(body)).orElseThrow();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzInput.json(input)
                .ifPresent(body -> DOCUMENTS.forEach((type, documents) -> {
                    for (Conformance conformance : Conformance.values()) {
                        documents.forEach(document -> check(type, conformance, document, body));
                    }
                }));
    }

    private static void check(ResourceType type, Conformance conformance, ObjectNode document, JsonNode body) {
        ObjectNode before = document.deepCopy();
        ObjectNode patched;
        try {
            List<PatchOperation> operations = new PatchParser(type, conformance, PatchLimits.DEFAULT).parse(body);
            List<PatchOperation> applied = type == FuzzInput.GROUP
                    ? PatchPartition.of(operations, conformance).document()
                    : operations;
            patched = new PatchApplier(type, conformance).apply(document, applied);
        } catch (ScimException e) {
            require(e.error().status() == 400, document, body);
            require(before.equals(document), document, body);
            return;
        }
        require(before.equals(document), document, body);
        new ResourceRules(type).check(patched);
        ObjectNode again =
                new Canonicalizer(type, Conformance.STRICT).resource(patched).document();
        require(patched.equals(again), patched, body);
    }

    private static void require(boolean holds, JsonNode document, JsonNode body) {
        if (!holds) {
            throw new AssertionError(document + " and " + body);
        }
    }
}
