-- app_insert takes app_new one app_hit
-- A new app; no row means that this request registered one before.
INSERT INTO core_app (id, owner, maker, name, website, redirects, scopes, confidential, secret, tail, made, once)
VALUES (:id, :owner, :maker, :name, :website, :redirects, :scopes, :confidential, :secret, :tail, :made, :once)
ON CONFLICT (maker, once) DO NOTHING
RETURNING id;

-- apps_present(owner party_id) one app_count
-- How many apps a business has.
SELECT count(*) AS present FROM core_app WHERE owner = :owner AND removed = 0;

-- apps_of(owner party_id) many app_row
-- A business's apps, newest first.
SELECT a.id, a.owner, p.name AS owner_name, a.name, a.website, a.redirects, a.scopes, a.confidential, a.secret, a.tail, a.made
FROM core_app a JOIN core_party p ON p.id = a.owner
WHERE a.owner = :owner AND a.removed = 0 ORDER BY a.id DESC LIMIT 100;

-- app_of(owner party_id, id app_id) one app_row
-- One of a business's apps.
SELECT a.id, a.owner, p.name AS owner_name, a.name, a.website, a.redirects, a.scopes, a.confidential, a.secret, a.tail, a.made
FROM core_app a JOIN core_party p ON p.id = a.owner
WHERE a.id = :id AND a.owner = :owner AND a.removed = 0;

-- app_by_id(id app_id) one app_row
-- An app as long as there is one, and its business is not shut out.
SELECT a.id, a.owner, p.name AS owner_name, a.name, a.website, a.redirects, a.scopes, a.confidential, a.secret, a.tail, a.made
FROM core_app a JOIN core_party p ON p.id = a.owner
WHERE a.id = :id AND a.removed = 0 AND p.suspended = 0;

-- app_update takes app_said one app_hit
-- What is said of an app; no row means that the business has no such app.
UPDATE core_app SET name = :name, website = :website, redirects = :redirects, scopes = :scopes
WHERE id = :id AND owner = :owner AND removed = 0 RETURNING id;

-- app_set_secret(id app_id, owner party_id, secret text, tail text) one app_hit
-- Another secret for a confidential app.
UPDATE core_app SET secret = :secret, tail = :tail
WHERE id = :id AND owner = :owner AND removed = 0 AND confidential = 1 RETURNING id;

-- app_set_removed(id app_id, owner party_id, at instant) one app_hit
-- Takes an app away; no row means that there is none.
UPDATE core_app SET removed = :at WHERE id = :id AND owner = :owner AND removed = 0 RETURNING id;

-- app_origins_clear(app app_id) nothing
-- Forgets where an app's pages are.
DELETE FROM core_app_origin WHERE app = :app;

-- app_origin_insert(app app_id, origin text) nothing
-- Keeps where an app's pages are.
INSERT INTO core_app_origin (origin, app) VALUES (:origin, :app) ON CONFLICT (origin, app) DO NOTHING;

-- app_origin_find(origin text, app app_id) many app_origin_hit
-- Whether an origin is of an app, or with app 0 of any.
SELECT origin FROM core_app_origin
WHERE origin = :origin AND (app = :app OR CAST(:app AS BIGINT) = 0) LIMIT 1;

-- actors_of(person party_id) many app_actor
-- The businesses for which a person may act, the first one first.
SELECT o.id AS organisation, o.name, m.role
FROM core_member m JOIN core_party o ON o.id = m.organisation
WHERE m.person = :person AND m.ended = 0 AND o.suspended = 0
ORDER BY m.since, o.id LIMIT 200;

-- app_grant_insert takes app_grant_new nothing
-- What a person allows, with a code.
INSERT INTO core_app_grant (id, app, person, organisation, scopes, given, until, family, redirect, challenge, code)
VALUES (:id, :app, :person, :organisation, :scopes, :given, :until, :family, :redirect, :challenge, :code);

-- app_grants_forget(person party_id, at instant) nothing
-- Removes a person's codes that nobody used in time.
DELETE FROM core_app_grant WHERE person = :person AND refresh = '' AND until <= :at;

-- app_grants_end_oldest(person party_id, app app_id, at instant, most integer) nothing
-- Ends all of a person's grants of an app but the newest.
UPDATE core_app_grant SET ended = :at
WHERE person = :person AND app = :app AND ended = 0
  AND id <= (SELECT g.id FROM core_app_grant g
             WHERE g.person = :person AND g.app = :app AND g.ended = 0 AND g.until > :at
             ORDER BY g.id DESC LIMIT 1 OFFSET :most);

-- app_grant_by_family(family text) one app_grant_row
-- The grant of a code or refresh token.
SELECT g.id, g.app, g.person, g.organisation, g.scopes, g.until, g.used, g.ended, g.redirect, g.challenge, g.code, g.refresh, g.access_until,
       CASE WHEN a.removed > 0 OR b.suspended > 0 THEN 1 ELSE 0 END AS gone, p.name, p.suspended,
       COALESCE(o.name, '') AS organisation_name,
       CASE WHEN o.id IS NULL THEN '' ELSE COALESCE(m.role, '') END AS role
FROM core_app_grant g
JOIN core_app a ON a.id = g.app
JOIN core_party b ON b.id = a.owner
JOIN core_party p ON p.id = g.person
LEFT JOIN core_member m ON m.person = g.person AND m.organisation = g.organisation AND m.ended = 0
                       AND m.since <= g.given
LEFT JOIN core_party o ON o.id = m.organisation AND o.suspended = 0
WHERE g.family = :family;

-- app_grant_by_access(access text) one app_grant_row
-- The grant of an access token. Runs on each request with one.
SELECT g.id, g.app, g.person, g.organisation, g.scopes, g.until, g.used, g.ended, g.redirect, g.challenge, g.code, g.refresh, g.access_until,
       CASE WHEN a.removed > 0 OR b.suspended > 0 THEN 1 ELSE 0 END AS gone, p.name, p.suspended,
       COALESCE(o.name, '') AS organisation_name,
       CASE WHEN o.id IS NULL THEN '' ELSE COALESCE(m.role, '') END AS role
FROM core_app_grant g
JOIN core_app a ON a.id = g.app
JOIN core_party b ON b.id = a.owner
JOIN core_party p ON p.id = g.person
LEFT JOIN core_member m ON m.person = g.person AND m.organisation = g.organisation AND m.ended = 0
                       AND m.since <= g.given
LEFT JOIN core_party o ON o.id = m.organisation AND o.suspended = 0
WHERE g.access = :access;

-- app_grant_renew takes app_grant_renewed one app_grant_hit
-- A pair in place of the one before; no row means that another was faster.
UPDATE core_app_grant SET refresh = :refresh, access = :access, access_until = :access_until, until = :until
WHERE id = :id AND refresh = :before AND ended = 0 RETURNING id;

-- app_grant_set_ended(id app_grant_id, at instant) nothing
-- Ends a grant.
UPDATE core_app_grant SET ended = :at WHERE id = :id AND ended = 0;

-- app_grants_end_of(person party_id, at instant) nothing
-- Ends all that a person allowed.
UPDATE core_app_grant SET ended = :at WHERE person = :person AND ended = 0;

-- app_grant_end_by_person(person party_id, id app_grant_id, at instant) one app_grant_gone
-- Ends a person's grant; no row means that they have none such.
UPDATE core_app_grant SET ended = :at WHERE id = :id AND person = :person AND ended = 0 RETURNING id, scopes,
    (SELECT a.name FROM core_app a WHERE a.id = core_app_grant.app) AS app;

-- app_grant_end_by_business(organisation party_id, id app_grant_id, at instant) one app_grant_gone
-- Ends a grant that acts for a business; no row means that there is none such.
UPDATE core_app_grant SET ended = :at
WHERE id = :id AND organisation = :organisation AND ended = 0 RETURNING id, scopes,
    (SELECT a.name FROM core_app a WHERE a.id = core_app_grant.app) AS app;

-- app_grant_note_use(id app_grant_id, at instant) nothing
-- When a grant was used; written once an hour at most.
UPDATE core_app_grant SET used = :at WHERE id = :id;

-- app_grants_of_person(person party_id, at instant, before integer, most integer) many app_access
-- Apps that have access by a person, the newest first.
SELECT g.id, a.name AS app, a.website, b.name AS owner, p.name AS person,
       COALESCE(o.name, '') AS organisation, g.scopes, g.given, g.until,
       NULLIF(g.used - g.used % 3600000, 0) AS used
FROM core_app_grant g
JOIN core_app a ON a.id = g.app AND a.removed = 0
JOIN core_party b ON b.id = a.owner
JOIN core_party p ON p.id = g.person
LEFT JOIN core_member m ON m.person = g.person AND m.organisation = g.organisation AND m.ended = 0
                       AND m.since <= g.given
LEFT JOIN core_party o ON o.id = m.organisation
WHERE g.person = :person AND g.id < :before AND g.ended = 0 AND g.until > :at AND g.refresh <> ''
  AND (g.organisation = 0 OR o.id IS NOT NULL)
ORDER BY g.id DESC LIMIT :most;

-- app_grants_of_business(organisation party_id, at instant, before integer, most integer) many app_access
-- Apps that act for a business, the newest first.
SELECT g.id, a.name AS app, a.website, b.name AS owner, p.name AS person, o.name AS organisation,
       g.scopes, g.given, g.until, NULLIF(g.used - g.used % 3600000, 0) AS used
FROM core_app_grant g
JOIN core_app a ON a.id = g.app AND a.removed = 0
JOIN core_party b ON b.id = a.owner
JOIN core_party p ON p.id = g.person
JOIN core_party o ON o.id = g.organisation
JOIN core_member m ON m.person = g.person AND m.organisation = g.organisation AND m.ended = 0
                  AND m.since <= g.given
WHERE g.organisation = :organisation AND g.id < :before AND g.ended = 0 AND g.until > :at
  AND g.refresh <> ''
ORDER BY g.id DESC LIMIT :most;
