-- party_insert takes party_new nothing
-- Writes a new party.
INSERT INTO core_party (id, kind, name, folded, place, joined)
VALUES (:id, :kind, :name, :folded, :place, :joined);

-- party_by_id(id party_id) one party_row
-- One party.
SELECT id, kind, name, place, about, website, joined, suspended FROM core_party WHERE id = :id;

-- party_by_login_mail(mail text) one party_row
-- The person who signs in with an address.
SELECT p.id, p.kind, p.name, p.place, p.about, p.website, p.joined, p.suspended
FROM core_login l JOIN core_party p ON p.id = l.person
WHERE l.mail = :mail;

-- party_keep takes party_profile one party_hit
-- What a party says about itself.
UPDATE core_party SET name = :name, folded = :folded, place = :place, about = :about, website = :website
WHERE id = :id
RETURNING id;

-- party_set_suspended(id party_id, suspended instant) one party_hit
-- Shuts a party out since a moment; 0 lets it in again.
UPDATE core_party SET suspended = :suspended WHERE id = :id RETURNING id;

-- party_missing(ids text) one party_hit
-- Of parties by their ids, a JSON array, one that is not there.
-- on sqlite
SELECT wanted.value AS id
FROM listed(:ids) wanted LEFT JOIN core_party p ON p.id = wanted.value
WHERE p.id IS NULL LIMIT 1;
-- on postgresql
SELECT wanted.id
FROM (SELECT CAST(value AS bigint) AS id FROM json_array_elements_text(CAST(:ids AS json))) wanted
LEFT JOIN core_party p ON p.id = wanted.id
WHERE p.id IS NULL LIMIT 1;
