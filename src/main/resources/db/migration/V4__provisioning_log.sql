-- The provisioning log: a row for each request of an identity provider or operator, written in batches behind the requests.
--
-- Rows are many and mostly plain, so no more than needed stands in each: the id is a UUIDv7 and holds the time, lists of names
-- are text with a name a line, and request_id is null where it is the id. The indexes are partial: a successful read, by far the
-- most frequent row, is in the primary key and the index of its resource alone, and errors among millions of successes have an
-- index of their own. There is no reference to tenant: whoever writes has locked the tenants, and the erasure of a tenant deletes
-- its rows behind that lock.

create table provisioning_log (
    tenant_id           text collate "C" not null,
    id                  uuid    not null,
    request_id          text collate "C",
    operation           int4,
    operator            boolean not null,
    token_id            text collate "C",
    method              text collate "C",
    resource_type       text collate "C",
    resource_id         uuid,
    user_name           text collate "C",
    external_id         text collate "C",
    display_name        text collate "C",
    user_name_folded    text collate "C",
    display_name_folded text collate "C",
    status              int4,
    outcome             text collate "C" not null,
    scim_type           text collate "C",
    reason              text,
    advice              text collate "C",
    query               text,
    ignored             text,
    changes             text,
    micros              int4,
    primary key (tenant_id, id)
);

create index provisioning_log_error on provisioning_log (tenant_id, id) where outcome = 'error';
create index provisioning_log_resource on provisioning_log (tenant_id, resource_id, id) where resource_id is not null;
create index provisioning_log_user_name on provisioning_log (tenant_id, user_name_folded, id) where user_name_folded is not null;
create index provisioning_log_external_id on provisioning_log (tenant_id, external_id, id) where external_id is not null;
create index provisioning_log_display_name on provisioning_log (tenant_id, display_name_folded, id) where display_name_folded is not null;
create index provisioning_log_request on provisioning_log (tenant_id, request_id, id) where request_id is not null;

alter table provisioning_log enable row level security;
alter table provisioning_log force row level security;
create policy tenant_bound on provisioning_log using (tenant_id = current_setting('muster.tenant', true));
grant select, insert, update, delete on provisioning_log to muster_app;
