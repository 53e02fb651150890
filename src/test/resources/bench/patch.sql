-- Directory.patch of an indexed attribute: lock, write, exchange one key.
\set n random(1, :sample)
\set old random(1, 1000)
\set new random(1, 1000)
\startpipeline
begin;
select set_config('muster.tenant', :tenant, true);
select r.id, r.version, r.created, r.last_modified, r.document::text as document, null::text as groups, r.search_keys from resource r where r.tenant_id = :tenant and r.type = 'User' and r.id = (@users@)[:n] for no key update of r;
\endpipeline
with gone as (delete from resource_key where tenant_id = :tenant and resource_id = (@users@)[:n] and key = any(array[:old::int8])), added as (insert into resource_key (tenant_id, key, resource_id) select :tenant, k, (@users@)[:n] from unnest(array[:new::int8]) k on conflict do nothing) update resource set version = version + 1, user_name = user_name, external_id = external_id, display_name = display_name, active = active, last_modified = now(), document = :document::text::jsonb, search = :search::text::jsonb, search_keys = search_keys where tenant_id = :tenant and type = 'User' and id = (@users@)[:n];
commit;
