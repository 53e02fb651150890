-- Clients of the token endpoint (OAuth 2.0 client credentials, RFC 6749 §4.4): what they prove themselves with, and the access
-- tokens that they have been given, which are tokens like all others.

create table oauth_client (
    tenant_id    text        collate "C" not null references tenant (id) on delete cascade,
    id           text        collate "C" not null,
    description  text        not null,
    scope        text        not null,
    keys         text,
    created      timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    primary key (tenant_id, id)
);

-- Several can be valid at once: that is how one is replaced without a gap.
create table oauth_secret (
    tenant_id    text        collate "C" not null,
    client_id    text        collate "C" not null,
    id           text        collate "C" not null,
    secret_hash  bytea       not null,
    created      timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    primary key (tenant_id, client_id, id),
    foreign key (tenant_id, client_id) references oauth_client (tenant_id, id) on delete cascade
);

-- The assertions that have been used (RFC 7523 §3, jti), as long as they could be used again.
create table oauth_assertion (
    tenant_id  text        collate "C" not null,
    client_id  text        collate "C" not null,
    jti_hash   bytea       not null,
    expires_at timestamptz not null,
    primary key (tenant_id, client_id, jti_hash),
    foreign key (tenant_id, client_id) references oauth_client (tenant_id, id) on delete cascade
);

-- An access token knows its client, and the secret by which it was given out: they are revoked together. No foreign keys: a
-- token is looked up for every request, and a client is never deleted but with its tenant.
alter table token add column client_id text collate "C";
alter table token add column client_secret_id text collate "C";
create index token_client on token (tenant_id, client_id, expires_at) where client_id is not null;

alter table oauth_client enable row level security;
alter table oauth_client force row level security;
alter table oauth_secret enable row level security;
alter table oauth_secret force row level security;
alter table oauth_assertion enable row level security;
alter table oauth_assertion force row level security;

create policy tenant_bound on oauth_client using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on oauth_secret using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on oauth_assertion using (tenant_id = current_setting('muster.tenant', true));

grant select, insert, update, delete on oauth_client, oauth_secret, oauth_assertion to muster_app;
