package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.limit.Limits;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.patch.MemberChange;
import dev.muster.scim.patch.PatchApplier;
import dev.muster.scim.patch.PatchOperation;
import dev.muster.scim.patch.PatchParser;
import dev.muster.scim.patch.PatchPartition;
import dev.muster.scim.resource.CanonicalResource;
import dev.muster.scim.resource.Canonicalizer;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.Identity;
import dev.muster.scim.resource.ResourceRules;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes {@link ResourceWrite}s of what clients send. Pure; what is wrong with a request is a {@link ScimException}. */
@ApplicationScoped
class ResourceWrites {

    private final GroupMembers members;
    private final Limits limits;

    ResourceWrites(GroupMembers members, Limits limits) {
        this.members = members;
        this.limits = limits;
    }

    /** A creation from a client's representation (RFC 7644 §3.3). */
    ResourceWrite.Create create(Tenant tenant, ResourceType type, UUID id, JsonNode body) {
        CanonicalResource canonical = canonicalizer(tenant, type).resource(body);
        ObjectNode document = canonical.document();
        new ResourceRules(type).check(document);
        TenantScope.of(tenant).check(type, document);
        UserRules.of(tenant, type).ifPresent(rules -> rules.check(document));
        WriteNotes notes =
                new WriteNotes(Identity.of(document), ChangedAttributes.allOf(document), canonical.ignored());
        List<UUID> memberIds = members.detach(type, document);
        return new ResourceWrite.Create(type, id, ResourceRow.of(type, document), memberIds, notes);
    }

    /** A replacement (RFC 7644 §3.5.1). */
    ResourceWrite.Change replace(Tenant tenant, ResourceType type, String id, JsonNode body, @Nullable String ifMatch) {
        Conformance conformance = tenant.settings().conformance();
        CanonicalResource canonical = canonicalizer(tenant, type).resource(body);
        ObjectNode requested = canonical.document();
        boolean keepMembers = !members.hasMembers(type) || members.unmentioned(type, body, conformance);
        List<UUID> memberIds = members.detach(type, requested);
        TenantScope scope = TenantScope.of(tenant);
        UnaryOperator<ObjectNode> replaced = current -> {
            ResourceRules rules = new ResourceRules(type);
            ObjectNode document = rules.replaced(current, requested, conformance);
            rules.check(document);
            scope.check(type, document);
            UserRules.of(tenant, type).ifPresent(demands -> demands.check(document));
            return document;
        };
        List<MemberChange> memberChanges = keepMembers ? List.of() : List.of(GroupMembers.all(memberIds));
        return new ResourceWrite.Change(type, parsed(type, id), ifMatch, replaced, memberChanges, canonical.ignored());
    }

    /** A modification (RFC 7644 §3.5.2), whole or not at all. */
    ResourceWrite.Change patch(Tenant tenant, ResourceType type, String id, JsonNode body, @Nullable String ifMatch) {
        Conformance conformance = tenant.settings().conformance();
        List<String> ignored = new ArrayList<>();
        List<PatchOperation> operations = new PatchParser(
                        type,
                        conformance,
                        limits.patch(),
                        limits.filter(),
                        tenant.settings().unsupported(),
                        ignored::add)
                .parse(body);
        PatchPartition partition = members.hasMembers(type)
                ? PatchPartition.of(operations, conformance)
                : new PatchPartition(operations, List.of());
        TenantScope scope = TenantScope.of(tenant);
        UnaryOperator<ObjectNode> patched = current -> {
            ObjectNode document = partition.document().isEmpty()
                    ? current
                    : new PatchApplier(type, conformance).apply(current, partition.document());
            UserRules.of(tenant, type).ifPresent(rules -> rules.checkChange(current, document));
            scope.check(type, document);
            return document;
        };
        return new ResourceWrite.Change(type, parsed(type, id), ifMatch, patched, partition.members(), ignored);
    }

    /** A deletion (RFC 7644 §3.6). */
    ResourceWrite.Delete delete(ResourceType type, String id, @Nullable String ifMatch) {
        return new ResourceWrite.Delete(type, parsed(type, id), ifMatch);
    }

    private static Canonicalizer canonicalizer(Tenant tenant, ResourceType type) {
        return new Canonicalizer(
                type, tenant.settings().conformance(), tenant.settings().unsupported());
    }

    private static UUID parsed(ResourceType type, String id) {
        return ResourceIds.parse(id).orElseThrow(() -> ResourceWrite.notFound(type));
    }
}
