-- users_after(after integer, most integer) many user_row
-- Everyone who signs in, in the order they joined.
SELECT l.person, l.mail, p.name, l.operator, p.suspended FROM core_login l
JOIN core_party p ON p.id = l.person
WHERE l.person > :after ORDER BY l.person LIMIT :most;

-- users_memberships(person party_id) many user_membership_row
-- Where somebody works.
SELECT m.role, p.name AS organisation FROM core_member m
JOIN core_party p ON p.id = m.organisation
WHERE m.person = :person AND m.ended = 0 ORDER BY m.organisation LIMIT 100;
