package dev.muster.endpoint;

import dev.muster.audit.LogDraft;
import dev.muster.scim.resource.Projection;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;

/** What a request is about: a tenant's resources of one type. */
record Target(ScimRequest request, ResourceType type) {

    Tenant tenant() {
        return request.tenant();
    }

    LogDraft log() {
        return request.log();
    }

    Representation representation(Projection projection) {
        return new Representation(type, projection, request.base());
    }
}
