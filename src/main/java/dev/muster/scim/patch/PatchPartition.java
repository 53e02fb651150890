package dev.muster.scim.patch;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.schema.AttributeRef;
import java.util.ArrayList;
import java.util.List;

/**
 * The operations of one PATCH of a group, with those on {@code members} apart: memberships are rows, changed as sets, and
 * never part of the document. As the two touch nothing in common, they can be applied one after the other.
 *
 * @param document the operations on all other attributes, in order
 * @param members what the operations on {@code members} mean, in order
 */
public record PatchPartition(List<PatchOperation> document, List<MemberChange> members) {

    private static final String MEMBERS = "members";

    public PatchPartition {
        document = List.copyOf(document);
        members = List.copyOf(members);
    }

    /**
     * Splits the operations of one request.
     *
     * @throws dev.muster.scim.error.ScimException mutability for an operation on a sub-attribute of a member, which is
     *     immutable; in {@link Conformance#COMPAT} only for {@code value} and {@code type}, others change nothing
     */
    public static PatchPartition of(List<PatchOperation> operations, Conformance conformance) {
        List<PatchOperation> document = new ArrayList<>();
        List<MemberChange> members = new ArrayList<>();
        MemberChanges changes = new MemberChanges(conformance);
        for (PatchOperation operation : operations) {
            if (onMembers(operation.path().attribute())) {
                changes.of(operation).ifPresent(members::add);
            } else {
                document.add(operation);
            }
        }
        return new PatchPartition(document, members);
    }

    private static boolean onMembers(AttributeRef attribute) {
        return attribute.extension() == null && attribute.attribute().name().equals(MEMBERS);
    }
}
