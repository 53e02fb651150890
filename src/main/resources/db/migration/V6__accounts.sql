-- What the product sees: accounts and groups, made of resources by the tenant's rules; and the road to there.
--
-- Writers of resources append to change, in their own transactions, what they have changed: no values, ids only. Whoever
-- projects takes a tenant's changes in order, makes of the resources as they are now what the accounts shall be, and deletes
-- the changes, all in one transaction that holds the lock of the tenant's row in projection. A change that is not there yet when
-- others are taken is taken later: nothing depends on gaps, nothing is skipped.

create table change (
    tenant_id   text        collate "C" not null,
    at          timestamptz not null default clock_timestamp(),
    id          uuid        not null default gen_random_uuid(),
    resource_id uuid        not null,
    type        text        collate "C" not null,
    members     uuid[],
    decision    text        collate "C",
    account_id  uuid,
    primary key (tenant_id, at, id)
);

comment on column change.members is
    'null: the resource has changed; else its members that have been added or removed, at most 1000';
comment on column change.decision is 'null: a client wrote; else what an operator has decided of the resource';
comment on column change.account_id is 'with the decision link: the account';

-- The projection of all resources that is due: another id for each change of the rules. Workers find it bound to the operator.
alter table tenant add column projection_due uuid;

-- A tenant's place on the road; there is a row as soon as there was a change.
create table projection (
    tenant_id       text        collate "C" primary key references tenant (id) on delete cascade,
    sequence        int8        not null,
    accounts_in_use int8        not null,
    job_id          uuid,
    job_after       uuid,
    job_total       int8        not null default 0,
    job_done        int8        not null default 0,
    job_changed     int8        not null default 0,
    job_started     timestamptz,
    job_finished    timestamptz
);

comment on column projection.sequence is 'of the last event';
comment on column projection.accounts_in_use is 'active and pending accounts';
comment on column projection.job_id is 'the projection of all resources anew, the last one; it goes on after job_after';

create table account (
    tenant_id        text        collate "C" not null,
    id               uuid        not null,
    resource_id      uuid,
    product_id       text        collate "C",
    status           text        collate "C" not null,
    activated        boolean     not null,
    kept             boolean     not null,
    external_id      text        collate "C",
    user_name        text,
    user_name_key    text        collate "C",
    email            text,
    email_key        text        collate "C",
    employee_number  text        collate "C",
    department       text,
    department_key   text        collate "C",
    roles            text[]      not null,
    sign_in          text        collate "C" not null,
    fields           jsonb       not null,
    version          int8        not null,
    created          timestamptz not null,
    last_modified    timestamptz not null,
    deprovisioned_at timestamptz,
    erase_at         timestamptz,
    primary key (tenant_id, id)
);

comment on column account.resource_id is 'the user that it is made of; null where there is none, or none any more';
comment on column account.product_id is 'how the product names it, where the product had it before';
comment on column account.kept is 'an operator has rejected its deprovisioning; until its user is active again';
comment on column account.department_key is 'its first 500 characters: so long an entry of an index may be';
comment on column account.user_name_key is 'as it is compared; so is email_key';

create unique index account_resource on account (tenant_id, resource_id);
create unique index account_product on account (tenant_id, product_id);
create index account_external_id on account (tenant_id, external_id);
create index account_user_name on account (tenant_id, user_name_key);
create index account_email on account (tenant_id, email_key);
create index account_employee_number on account (tenant_id, employee_number);
create index account_status on account (tenant_id, status, id);
create index account_there on account (tenant_id, id) where status <> 'deleted';
create index account_department on account (tenant_id, department_key, id);
create index account_modified on account (tenant_id, last_modified, id);
create index account_deprovisioned on account (tenant_id, deprovisioned_at);
create index account_erasure on account (tenant_id, erase_at);

-- The roles of accounts once more, to find accounts by: under row-level security no index on an array would be used.
create table account_role (
    tenant_id  text collate "C" not null,
    account_id uuid not null,
    role       text collate "C" not null,
    primary key (tenant_id, account_id, role)
);

create index account_role_accounts on account_role (tenant_id, role, account_id);

create table account_group (
    tenant_id     text        collate "C" not null,
    id            uuid        not null,
    external_id   text        collate "C",
    display_name  text,
    display_key   text        collate "C",
    version       int8        not null,
    created       timestamptz not null,
    last_modified timestamptz not null,
    primary key (tenant_id, id)
);

comment on table account_group is 'groups as the product sees them; the id is the resource''s';

create index account_group_external_id on account_group (tenant_id, external_id);
create index account_group_display on account_group (tenant_id, display_key);

create table account_membership (
    tenant_id   text collate "C" not null,
    group_id    uuid not null,
    member_id   uuid not null,
    member_type text collate "C" not null,
    primary key (tenant_id, group_id, member_id)
);

comment on column account_membership.member_id is 'the id of the member''s resource';

create index account_membership_member on account_membership (tenant_id, member_id, group_id);

create table pending (
    tenant_id   text        collate "C" not null,
    resource_id uuid        not null,
    type        text        collate "C" not null,
    reason      text        collate "C" not null,
    since       timestamptz not null,
    account_id  uuid,
    candidates  uuid[]      not null,
    primary key (tenant_id, resource_id)
);

comment on table pending is 'resources of which something waits to be applied to the accounts, and why';
comment on column pending.account_id is 'the account that is concerned, where there is one';
comment on column pending.candidates is 'the accounts that a new user may be the owner of';

create index pending_account on pending (tenant_id, account_id);
create index pending_reason on pending (tenant_id, reason, since, resource_id);

create table event (
    tenant_id  text        collate "C" not null,
    sequence   int8        not null,
    id         uuid        not null,
    type       text        collate "C" not null,
    subject_id uuid,
    at         timestamptz not null,
    data       jsonb       not null,
    primary key (tenant_id, sequence)
);

comment on column event.subject_id is 'the account or group that it is about';

create index event_subject on event (tenant_id, subject_id);

alter table change enable row level security;
alter table change force row level security;
alter table projection enable row level security;
alter table projection force row level security;
alter table account enable row level security;
alter table account force row level security;
alter table account_role enable row level security;
alter table account_role force row level security;
alter table account_group enable row level security;
alter table account_group force row level security;
alter table account_membership enable row level security;
alter table account_membership force row level security;
alter table pending enable row level security;
alter table pending force row level security;
alter table event enable row level security;
alter table event force row level security;

create policy tenant_bound on change using (tenant_id = current_setting('muster.tenant', true));
-- Who looks for work that others have left sees in which tenants there is some: ids, and nobody's data.
create policy work_left on change for select using (current_setting('muster.tenant', true) = '*');
create policy tenant_bound on projection using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on account using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on account_role using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on account_group using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on account_membership using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on pending using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on event using (tenant_id = current_setting('muster.tenant', true));

grant select, insert, update, delete on change, projection, account, account_role, account_group, account_membership,
    pending, event
    to muster_app;
