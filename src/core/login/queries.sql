-- login_insert takes login_new one party_hit
-- Writes how a new person signs in; no row means that the address is somebody's already.
INSERT INTO core_login (person, mail, password, language, operator, desk, confirmed)
VALUES (:person, :mail, :password, :language, :operator, :desk, :confirmed)
ON CONFLICT (mail) DO NOTHING
RETURNING person AS id;

-- login_by_mail(mail text) one login_row
-- How the owner of an address signs in.
SELECT l.person, l.mail, l.password, l.language, l.operator, l.wrong, l.wait_until, p.suspended,
       COALESCE(f.since, 0) AS factor, l.confirmed
FROM core_login l JOIN core_party p ON p.id = l.person LEFT JOIN core_factor f ON f.person = l.person
WHERE l.mail = :mail;

-- login_by_person(person party_id) one login_row
-- How a person signs in.
SELECT l.person, l.mail, l.password, l.language, l.operator, l.wrong, l.wait_until, p.suspended,
       COALESCE(f.since, 0) AS factor, l.confirmed
FROM core_login l JOIN core_party p ON p.id = l.person LEFT JOIN core_factor f ON f.person = l.person
WHERE l.person = :person;

-- login_set_wrong(person party_id, wrong integer, wait_until instant) nothing
-- Counts wrong passwords and says until when no further one is looked at.
UPDATE core_login SET wrong = :wrong, wait_until = :wait_until WHERE person = :person;

-- login_set_password(person party_id, password text) one party_hit
-- Another password; what was wrong before counts no more.
UPDATE core_login SET password = :password, wrong = 0, wait_until = 0 WHERE person = :person
RETURNING person AS id;

-- login_set_language(person party_id, language language) nothing
-- Another language for mail.
UPDATE core_login SET language = :language WHERE person = :person;

-- session_insert takes session_new nothing
-- A new session. It acts for the business that the person has belonged to longest.
INSERT INTO core_session (secret, id, person, organisation, begun, until, used, proven, browser, address)
SELECT :secret, :id, :person,
       COALESCE((SELECT m.organisation FROM core_member m JOIN core_party o ON o.id = m.organisation
                 WHERE m.person = :person AND m.ended = 0 AND o.suspended = 0
                 ORDER BY m.since, m.organisation LIMIT 1), 0),
       :begun, :until, :begun, :begun, :browser, :address;

-- session_viewer(secret text, at instant) one viewer_row
-- Who a session belongs to, with the rights they have at this moment. Runs on each request.
SELECT s.person, p.name, l.operator, l.desk, COALESCE(o.id, 0) AS organisation,
       COALESCE(o.name, '') AS organisation_name,
       CASE WHEN o.id IS NULL THEN '' ELSE COALESCE(m.role, '') END AS role, s.used, s.proven
FROM core_session s
JOIN core_party p ON p.id = s.person
JOIN core_login l ON l.person = s.person
LEFT JOIN core_member m ON m.person = s.person AND m.organisation = s.organisation AND m.ended = 0
LEFT JOIN core_party o ON o.id = m.organisation AND o.suspended = 0
WHERE s.secret = :secret AND s.until > :at AND p.suspended = 0;

-- session_note_use(secret text, at instant, browser text, address text) nothing
-- Where and when a session was used; written once an hour at most.
UPDATE core_session SET used = :at, browser = :browser, address = :address WHERE secret = :secret;

-- session_set_proven(secret text, at instant) nothing
-- Its person has proved anew who they are.
UPDATE core_session SET proven = :at WHERE secret = :secret;

-- sessions_of(person party_id, secret text, at instant) many session_row
-- Where a person is signed in, the last used first.
SELECT id, begun, CASE WHEN used - used % 3600000 < begun THEN begun ELSE used - used % 3600000 END AS used, browser, address,
       CASE WHEN secret = :secret THEN 1 ELSE 0 END AS here
FROM core_session WHERE person = :person AND until > :at ORDER BY here DESC, used DESC LIMIT 200;

-- session_end_by(person party_id, session session_id) many session_hit
-- Signs one of a person's browsers out. Sessions of before they had ids share id 0 and end together.
DELETE FROM core_session WHERE person = :person AND id = :session RETURNING id;

-- session_end(secret text) nothing
-- Signs one browser out.
DELETE FROM core_session WHERE secret = :secret;

-- sessions_end(person party_id) nothing
-- Signs a person out everywhere.
DELETE FROM core_session WHERE person = :person;

-- sessions_end_others(person party_id, secret text) nothing
-- Signs a person out everywhere but here.
DELETE FROM core_session WHERE person = :person AND secret <> :secret;

-- sessions_clear(at instant) nothing
-- Removes some of the sessions that are over.
DELETE FROM core_session
WHERE secret IN (SELECT secret FROM core_session WHERE until <= :at ORDER BY until LIMIT 500);

-- session_act_for(secret text, organisation party_id) one secret_hit
-- From now on this browser acts for a business of which the person is a member.
UPDATE core_session SET organisation = :organisation
WHERE secret = :secret
  AND EXISTS (SELECT 1 FROM core_member m
              WHERE m.person = core_session.person AND m.organisation = :organisation AND m.ended = 0)
RETURNING secret;

-- link_insert takes link_new nothing
-- A mailed link.
INSERT INTO core_link (secret, person, purpose, until)
VALUES (:secret, :person, :purpose, :until);

-- link_find(secret text, purpose link_purpose, at instant) one link_row
-- A link that is still good.
SELECT k.person, p.name, l.mail
FROM core_link k JOIN core_party p ON p.id = k.person JOIN core_login l ON l.person = k.person
WHERE k.secret = :secret AND k.purpose = :purpose AND k.used = 0 AND k.until > :at
  AND p.suspended = 0;

-- link_use(secret text, purpose link_purpose, at instant) one party_hit
-- Uses a link; no row means that it was used, is too old or never was.
UPDATE core_link SET used = :at
WHERE secret = :secret AND purpose = :purpose AND used = 0 AND until > :at
RETURNING person AS id;

-- links_end(person party_id, purpose link_purpose, at instant) nothing
-- The person's other links of this kind are no longer good.
UPDATE core_link SET used = :at WHERE person = :person AND purpose = :purpose AND used = 0;

-- seen_again(person party_id, browser text, address text, at instant) one party_hit
-- A person signed in from there again; no row means that they never have.
UPDATE core_seen SET at = :at WHERE person = :person AND browser = :browser AND address = :address
RETURNING person AS id;

-- seen_any(person party_id) one party_hit
-- Whether it is known of anywhere that a person has signed in from.
SELECT person AS id FROM core_seen WHERE person = :person LIMIT 1;

-- seen_insert(person party_id, browser text, address text, at instant) nothing
-- A person signed in from there for the first time.
INSERT INTO core_seen (person, browser, address, at) VALUES (:person, :browser, :address, :at);

-- seen_forget(person party_id, before instant) nothing
-- What is long ago is forgotten.
DELETE FROM core_seen WHERE person = :person AND at < :before;

-- seen_from(person party_id, browser text, address text) one party_hit
-- Whether a person has signed in from there.
SELECT person AS id FROM core_seen WHERE person = :person AND browser = :browser AND address = :address;

-- stranger_by_mail(mail text) one stranger_row
-- What was tried for an address that is nobody's.
SELECT mail, wrong, wait_until FROM core_stranger WHERE mail = :mail;

-- stranger_set takes stranger_row nothing
-- Counts a password for an address that is nobody's.
INSERT INTO core_stranger (mail, wrong, wait_until) VALUES (:mail, :wrong, :wait_until)
ON CONFLICT (mail) DO UPDATE SET wrong = excluded.wrong, wait_until = excluded.wait_until;

-- strangers_forget(before instant) nothing
-- Those for whom nothing was tried since, a few at a time.
DELETE FROM core_stranger WHERE mail IN
    (SELECT mail FROM core_stranger WHERE wait_until < :before ORDER BY wait_until LIMIT 100);
