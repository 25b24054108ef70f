-- identity_insert takes identity_new one identity_hit
-- An account elsewhere becomes somebody's; no row means that it is somebody's already.
INSERT INTO core_identity (id, person, issuer, subject, mail, made)
VALUES (:id, :person, :issuer, :subject, :mail, :made)
ON CONFLICT (issuer, subject) DO NOTHING
RETURNING id, issuer;

-- identity_find(issuer text, subject text) one identity_row
-- Whose an account elsewhere is.
SELECT id, person, issuer, mail, made, used FROM core_identity
WHERE issuer = :issuer AND subject = :subject;

-- identity_note_use(id identity_id, at instant) nothing
-- Somebody came with it.
UPDATE core_identity SET used = :at WHERE id = :id;

-- identities_of(person party_id) many identity_row
-- A person's accounts elsewhere, the eldest first.
SELECT id, person, issuer, mail, made, used FROM core_identity WHERE person = :person ORDER BY id LIMIT 50;

-- identity_delete(person party_id, id identity_id) one identity_hit
-- Removes one of a person's; no row means that they have no such.
DELETE FROM core_identity WHERE person = :person AND id = :id RETURNING id, issuer;

-- identities_delete_since(person party_id, since instant) nothing
-- Removes a person's of after a moment.
DELETE FROM core_identity WHERE person = :person AND made >= :since;

-- offer_insert takes offer_row nothing
-- Keeps an account elsewhere for who came with it.
INSERT INTO core_identity_offer (secret, browser, issuer, subject, name, mail, verified, next, resume, until)
VALUES (:secret, :browser, :issuer, :subject, :name, :mail, :verified, :next, :resume, :until);

-- offer_find(secret text, browser text, at instant) one offer_row
-- One that is still good in that browser.
SELECT secret, browser, issuer, subject, name, mail, verified, next, resume, until
FROM core_identity_offer WHERE secret = :secret AND browser = :browser AND until > :at;

-- offer_take(secret text, browser text, at instant) one offer_row
-- Uses one up; no row means that it was used, is over or never was.
DELETE FROM core_identity_offer WHERE secret = :secret AND browser = :browser AND until > :at
RETURNING secret, browser, issuer, subject, name, mail, verified, next, resume, until;

-- offers_clear(at instant) nothing
-- Removes some of those that are over.
DELETE FROM core_identity_offer
WHERE secret IN (SELECT secret FROM core_identity_offer WHERE until <= :at ORDER BY until LIMIT 500);
