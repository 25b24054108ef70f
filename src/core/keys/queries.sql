-- key_insert takes key_new one key_hit
-- A new key; no row means that this request made one before.
INSERT INTO core_key (id, owner, maker, name, secret, tail, scopes, made, until, once)
VALUES (:id, :owner, :maker, :name, :secret, :tail, :scopes, :made, :until, :once)
ON CONFLICT (maker, once) DO NOTHING
RETURNING id;

-- key_viewer(secret text) one key_viewer_row
-- Whom a key acts for, with the rights they have at this moment. Runs on each request with a key. Who came
-- back to an organisation after it was made made it in another time.
SELECT k.id, k.owner, k.maker, k.scopes, k.until, k.used, k.revoked, p.name, p.suspended, l.operator, l.desk,
       COALESCE(o.name, '') AS organisation_name,
       CASE WHEN o.id IS NULL THEN '' ELSE COALESCE(m.role, '') END AS role
FROM core_key k
JOIN core_party p ON p.id = k.maker
JOIN core_login l ON l.person = k.maker
LEFT JOIN core_member m ON m.person = k.maker AND m.organisation = k.owner AND m.ended = 0
                       AND m.since <= k.made
LEFT JOIN core_party o ON o.id = m.organisation AND o.suspended = 0
WHERE k.secret = :secret;

-- key_note_use(id key_id, at instant) nothing
-- When a key was used; written once an hour at most.
UPDATE core_key SET used = :at WHERE id = :id;

-- keys_of(owner party_id, at instant, before integer, most integer) many key_line
-- An owner's keys, newest first.
SELECT k.id, k.name, k.tail, k.scopes, k.made, k.until,
       NULLIF(k.used - k.used % 3600000, 0) AS used, k.maker, p.name AS maker_name,
       CASE WHEN k.revoked > 0 THEN 'revoked' WHEN k.until <= :at THEN 'expired'
            WHEN k.owner <> k.maker AND m.person IS NULL THEN 'stopped' ELSE 'live' END AS state
FROM core_key k JOIN core_party p ON p.id = k.maker
LEFT JOIN core_member m ON m.person = k.maker AND m.organisation = k.owner AND m.ended = 0
                       AND m.since <= k.made
WHERE k.owner = :owner AND k.id < :before ORDER BY k.id DESC LIMIT :most;

-- keys_live(owner party_id, at instant) one key_count
-- How many good keys an owner has.
SELECT count(*) AS live FROM core_key WHERE owner = :owner AND revoked = 0 AND until > :at;

-- key_revoke(owner party_id, id key_id, at instant) one key_gone
-- Ends a key; no row means that the owner has no such key, or that it was ended.
UPDATE core_key SET revoked = :at WHERE id = :id AND owner = :owner AND revoked = 0 RETURNING id, name, scopes;

-- keys_revoke_of(maker party_id, at instant) nothing
-- Ends all keys that somebody made.
UPDATE core_key SET revoked = :at WHERE maker = :maker AND revoked = 0;

-- key_warn(id key_id, at instant) many key_ending
-- A good key whose end its maker was not told yet, and from now on was.
UPDATE core_key SET warned = :at WHERE id = :id AND warned = 0 AND revoked = 0 AND until > :at
RETURNING id, owner, maker, name, until;

-- origin_insert(origin text, owner party_id, since instant) one origin_hit
-- Registers a website; no row means that it was.
INSERT INTO core_origin (origin, owner, since) VALUES (:origin, :owner, :since)
ON CONFLICT (origin, owner) DO NOTHING RETURNING origin;

-- origin_delete(origin text, owner party_id) one origin_hit
-- Takes a website out; no row means that it was not there.
DELETE FROM core_origin WHERE origin = :origin AND owner = :owner RETURNING origin;

-- origins_of(owner party_id) many origin_line
-- An owner's websites.
SELECT origin, since FROM core_origin WHERE owner = :owner ORDER BY origin LIMIT 100;

-- origin_find(origin text, owner party_id) many origin_hit
-- Whether a website is registered by an owner, or with owner 0 by anybody.
SELECT origin FROM core_origin
WHERE origin = :origin AND (owner = :owner OR CAST(:owner AS BIGINT) = 0) LIMIT 1;
