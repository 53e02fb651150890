-- ResourceRepository.search: userName eq.
\set n random(1, :sample)
\set u :first + (:n - 1) * :stride
\startpipeline
select set_config('muster.tenant', :tenant, false);
select r.id, r.version, r.created, r.last_modified, r.document::text as document, (select json_agg(json_build_object('value', g.id, 'display', g.document ->> 'displayName') order by g.id)::text from membership m join resource g on g.tenant_id = m.tenant_id and g.id = m.group_id where m.tenant_id = r.tenant_id and m.member_id = r.id) as groups from resource r where r.tenant_id = :tenant and r.type = 'User' and (r.user_name = 'user' || :u::text || '@example.com') order by r.id limit 100;
\endpipeline
