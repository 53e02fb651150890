-- Directory.patch of a group's members: lock, add, touch. Each client has a group of its own.
\set n random(1, :sample)
\set g :client_id + 1
\startpipeline
begin;
select set_config('muster.tenant', :tenant, true);
select r.id, r.version, r.created, r.last_modified, r.document::text as document, null::text as groups, r.search_keys from resource r where r.tenant_id = :tenant and r.type = 'Group' and r.id = (@groups@)[:g] for no key update of r;
\endpipeline
insert into membership (tenant_id, group_id, member_id, member_type, created) select :tenant, (@groups@)[:g], r.id, r.type, now() from resource r where r.tenant_id = :tenant and r.type in ('User', 'Group') and r.id = any(array[(@users@)[:n]]) order by r.id on conflict do nothing;
update resource set version = version + 1, last_modified = now() where tenant_id = :tenant and type = 'Group' and id = (@groups@)[:g];
commit;
