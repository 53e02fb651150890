-- Tenants, tokens, resources and memberships.
--
-- The tenant's id leads every key and index, so that a distributed PostgreSQL can split by tenant. Row-level security is
-- forced: a connection sees the rows of the tenant it is bound to (set_config 'muster.tenant') and no others; bound to '*'
-- it sees the tenants themselves, and still nobody's data. Only leakproof operators (=, < on text, uuid, int8, timestamptz)
-- can be index conditions under row-level security, which is why equality on any attribute is a b-tree of its own
-- (resource_key) and not a GIN index on the document.
--
-- The role muster_app must exist; the server checks at start that it is bound by the policies.

create table tenant (
    id            text        collate "C" primary key check (id ~ '^[a-z0-9-]{1,63}$'),
    display_name  text        not null,
    enabled       boolean     not null,
    deleting      boolean     not null,
    settings      jsonb       not null,
    reindex_due   boolean     not null,
    version       int8        not null,
    created       timestamptz not null,
    last_modified timestamptz not null
);

create table token (
    tenant_id    text        collate "C" not null references tenant (id) on delete cascade,
    id           text        collate "C" not null,
    secret_hash  bytea       not null,
    description  text        not null,
    scope        text        not null,
    created      timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    primary key (tenant_id, id)
);

create table resource (
    tenant_id     text        collate "C" not null,
    type          text        collate "C" not null,
    id            uuid        not null,
    version       int8        not null,
    user_name     text        collate "C",
    external_id   text        collate "C",
    display_name  text        collate "C",
    active        boolean,
    created       timestamptz not null,
    last_modified timestamptz not null,
    document      jsonb       not null,
    search        jsonb       not null,
    search_keys   int8[]      not null,
    primary key (tenant_id, id)
) with (toast_tuple_target = 8160, fillfactor = 70);

-- Both documents stay uncompressed in the row while it fits a page: a read is one heap fetch and no decompression. No index
-- holds what every change changes (version, last_modified, documents), and the pages have room for another version, so that a
-- PATCH of an attribute without a column touches the page of the row and no index of this table. Ids are in the order of
-- creation.
create unique index resource_user_name on resource (tenant_id, type, user_name);
create index resource_external_id on resource (tenant_id, type, external_id);
create index resource_display_name on resource (tenant_id, type, display_name);
create index resource_id on resource (tenant_id, type, id);

-- One row for each value that a filter may look for with eq: key is a hash of type, attribute path and folded value.
create table resource_key (
    tenant_id   text collate "C" not null,
    key         int8 not null,
    resource_id uuid not null,
    primary key (tenant_id, key, resource_id)
);

-- Most values are rare, and those that filters ask for are; a sample of the table shows the common ones. Told so, PostgreSQL
-- keeps one plan for a search by key instead of making one for each request.
alter table resource_key alter column key set (n_distinct = -0.5);

-- One row for each value of an attribute whose uniqueness is server or global, other than userName.
create table resource_unique (
    tenant_id   text  collate "C" not null,
    key         bytea not null,
    resource_id uuid  not null,
    primary key (tenant_id, key)
);
create index resource_unique_resource on resource_unique (tenant_id, resource_id);

create table membership (
    tenant_id   text        collate "C" not null,
    group_id    uuid        not null,
    member_id   uuid        not null,
    member_type text        collate "C" not null,
    created     timestamptz not null,
    primary key (tenant_id, group_id, member_id),
    foreign key (tenant_id, group_id) references resource (tenant_id, id) on delete cascade,
    foreign key (tenant_id, member_id) references resource (tenant_id, id) on delete cascade
);
create index membership_member on membership (tenant_id, member_id, group_id);

alter table tenant enable row level security;
alter table tenant force row level security;
alter table token enable row level security;
alter table token force row level security;
alter table resource enable row level security;
alter table resource force row level security;
alter table resource_key enable row level security;
alter table resource_key force row level security;
alter table resource_unique enable row level security;
alter table resource_unique force row level security;
alter table membership enable row level security;
alter table membership force row level security;

create policy tenant_bound on tenant
    using (id = current_setting('muster.tenant', true) or current_setting('muster.tenant', true) = '*');
create policy tenant_bound on token using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on resource using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on resource_key using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on resource_unique using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on membership using (tenant_id = current_setting('muster.tenant', true));

grant select, insert, update, delete on tenant, token, resource, resource_key, resource_unique, membership to muster_app;
