-- operators() many operator_row
-- Who works for the intermediary.
SELECT l.person, p.name, l.mail, l.desk, CASE WHEN f.since > 0 THEN 1 ELSE 0 END AS factor
FROM core_login l JOIN core_party p ON p.id = l.person LEFT JOIN core_factor f ON f.person = l.person
WHERE l.operator = 1 ORDER BY p.folded, p.id LIMIT 200;

-- desk_of(person party_id) one desk_row
-- What somebody sees to.
-- on sqlite
SELECT operator, desk FROM core_login WHERE person = :person;
-- on postgresql
SELECT operator, desk FROM core_login WHERE person = :person FOR UPDATE;

-- login_set_desk(person party_id, operator flag, desk integer) nothing
-- What somebody sees to from now on.
UPDATE core_login SET operator = :operator, desk = :desk WHERE person = :person;

-- others_who_see_to(person party_id, least integer) one operator_count
-- How many others, up to 100, see to a part or one behind it and are not shut out; `least` is its bit.
SELECT count(*) AS number FROM (
    SELECT l.person FROM core_login l JOIN core_party p ON p.id = l.person
    WHERE l.operator = 1 AND l.person <> :person AND p.suspended = 0 AND l.desk >= :least
    LIMIT 100) AS others;

-- acts_before(before act_id) many act_row
-- What operators did, newest first.
SELECT a.id, a.actor, COALESCE(p.name, '') AS actor_name, a.name, a.subject, a.was, a.became, a.note, a.at
FROM core_act a LEFT JOIN core_party p ON p.id = a.actor
WHERE a.owner = 0 AND a.id < :before ORDER BY a.id DESC LIMIT 51;

-- acts_of(actor party_id, before act_id) many act_row
-- What one operator did, newest first.
SELECT a.id, a.actor, COALESCE(p.name, '') AS actor_name, a.name, a.subject, a.was, a.became, a.note, a.at
FROM core_act a LEFT JOIN core_party p ON p.id = a.actor
WHERE a.owner = 0 AND a.actor = :actor AND a.id < :before ORDER BY a.id DESC LIMIT 51;
