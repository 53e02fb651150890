package dev.muster.directory;

import dev.muster.postgres.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;

/** The writers of the directory with other connections than their own: to be part of a transaction that has more to do. */
@ApplicationScoped
class JoinedWrites {

    private final ResourceRepository resources;
    private final ResourceWrites writes;
    private final GroupMembers members;
    private final BatchRepository batches;
    private final MembershipRepository memberships;
    private final NestedMembers nested;

    JoinedWrites(
            ResourceRepository resources,
            ResourceWrites writes,
            GroupMembers members,
            BatchRepository batches,
            MembershipRepository memberships,
            NestedMembers nested) {
        this.resources = resources;
        this.writes = writes;
        this.members = members;
        this.batches = batches;
        this.memberships = memberships;
        this.nested = nested;
    }

    Directory directory(TenantConnections connections) {
        return new Directory(connections, resources, writes, members, new Conflicts(connections, resources));
    }

    BulkWriter bulkWriter(TenantConnections connections) {
        return new BulkWriter(
                directory(connections),
                new BatchedWrites(connections, batches, memberships, nested),
                new CircularCreations(connections, resources, members, new Conflicts(connections, resources)));
    }
}
