-- activity_all(owner party_id, before act_id) many activity_row
-- What was done that is privileged, newest first.
SELECT a.id, a.topic, a.actor, COALESCE(p.name, '') AS actor_name, a.name, a.subject, a.was, a.became, a.note, a.at
FROM core_act a LEFT JOIN core_party p ON p.id = a.actor
WHERE a.owner = :owner AND a.id < :before ORDER BY a.id DESC LIMIT 51;

-- activity_by(owner party_id, actor party_id, before act_id) many activity_row
-- What one person did.
SELECT a.id, a.topic, a.actor, COALESCE(p.name, '') AS actor_name, a.name, a.subject, a.was, a.became, a.note, a.at
FROM core_act a LEFT JOIN core_party p ON p.id = a.actor
WHERE a.owner = :owner AND a.actor = :actor AND a.id < :before ORDER BY a.id DESC LIMIT 51;

-- activity_about(owner party_id, topic act_topic, before act_id) many activity_row
-- What was done about one topic.
SELECT a.id, a.topic, a.actor, COALESCE(p.name, '') AS actor_name, a.name, a.subject, a.was, a.became, a.note, a.at
FROM core_act a LEFT JOIN core_party p ON p.id = a.actor
WHERE a.owner = :owner AND a.topic = :topic AND a.id < :before ORDER BY a.id DESC LIMIT 51;

-- activity_by_about(owner party_id, actor party_id, topic act_topic, before act_id) many activity_row
-- What one person did about one topic.
SELECT a.id, a.topic, a.actor, COALESCE(p.name, '') AS actor_name, a.name, a.subject, a.was, a.became, a.note, a.at
FROM core_act a LEFT JOIN core_party p ON p.id = a.actor
WHERE a.owner = :owner AND a.actor = :actor AND a.topic = :topic AND a.id < :before
ORDER BY a.id DESC LIMIT 51;

-- activity_people(owner party_id) many activity_person
-- Who belongs to a business or did, in order of their names.
SELECT m.person, p.name FROM core_member m JOIN core_party p ON p.id = m.person
WHERE m.organisation = :owner ORDER BY p.name, m.person LIMIT 200;
