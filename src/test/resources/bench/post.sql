-- ResourceRepository.insert: as many keys as a user of the benchmark has.
\set r random(1, 1000000000000000)
\startpipeline
select set_config('muster.tenant', :tenant, false);
with new as (select uuidv7() as id, array(select hashint8extended(n, :r) from generate_series(1, :keys) n) as keys), keys as (insert into resource_key (tenant_id, key, resource_id) select :tenant, k, new.id from new, unnest(new.keys) k), uniques as (insert into resource_unique (tenant_id, key, resource_id) select :tenant, k, new.id from new, unnest('{}'::bytea[]) k) insert into resource (tenant_id, type, id, version, user_name, external_id, display_name, active, created, last_modified, document, search, search_keys) select :tenant, 'User', new.id, 1, 'pgbench' || :r::text, 'pgbench' || :r::text, 'pgbench' || :r::text, true, now(), now(), :document::text::jsonb, :search::text::jsonb, new.keys from new;
\endpipeline
