-- Pages by cursor (RFC 9865).
--
-- Each tenant has a key of its own under which its cursors are sealed, so that every replica opens what another has sealed.
-- The default serves the tenants that are there, and those that a server of an older version creates meanwhile: 244 random
-- bits in 32 bytes, without an extension.
alter table tenant add column cursor_key bytea not null
    default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');

-- With the id behind the sort key a page begins where the last one ended by one index condition, also among thousands of
-- resources that have the same name or none. userName needs no such index: no two resources have the same.
drop index resource_external_id;
create index resource_external_id on resource (tenant_id, type, external_id, id);
drop index resource_display_name;
create index resource_display_name on resource (tenant_id, type, display_name, id);
