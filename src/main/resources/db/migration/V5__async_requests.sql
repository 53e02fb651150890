-- Requests that were accepted with "Prefer: respond-async" (RFC 9967 §2.5.1.1), and what has come of them.
--
-- A step of a request is one transaction, which holds the lock of the request's row, writes what the operations write, and
-- notes their results and how far it has come. So whoever dies in the middle leaves no half of a step and no lock, and two
-- servers cannot do the same step.

create table async_request (
    tenant_id text        collate "C" not null references tenant (id) on delete cascade,
    txn       uuid        not null,
    number    int8        not null,
    token_id  text        collate "C" not null,
    kind      text        collate "C" not null,
    base      text        not null,
    request   text,
    total     int4        not null,
    done      int4        not null,
    attempts  int4        not null,
    created   timestamptz not null,
    finished  timestamptz,
    primary key (tenant_id, txn)
);

-- number is the order of acceptance among those that have not been finished; request is gone when it has been. base is the
-- Tenant URL as the client that asked sees it.
create index async_request_order on async_request (tenant_id, finished, number);

-- What has become of one operation, as it stands in a Bulk response.
create table async_result (
    tenant_id text    collate "C" not null,
    txn       uuid    not null,
    position  int4    not null,
    failed    boolean not null,
    operation text    not null,
    primary key (tenant_id, txn, position),
    foreign key (tenant_id, txn) references async_request (tenant_id, txn) on delete cascade
);

-- When somebody has to look at the tenant's requests: at once where one is not finished, later where results have to be
-- deleted, never where there are none. Workers find it bound to the operator, who sees no requests.
alter table tenant add column async_due timestamptz;
create index tenant_async_due on tenant (id) where async_due is not null;

alter table async_request enable row level security;
alter table async_request force row level security;
alter table async_result enable row level security;
alter table async_result force row level security;

create policy tenant_bound on async_request using (tenant_id = current_setting('muster.tenant', true));
create policy tenant_bound on async_result using (tenant_id = current_setting('muster.tenant', true));

grant select, insert, update, delete on async_request, async_result to muster_app;
