-- challenge_insert takes challenge_row nothing
-- What a browser was given to have signed.
INSERT INTO core_challenge (challenge, browser, purpose, person, until)
VALUES (:challenge, :browser, :purpose, :person, :until);

-- challenge_take(challenge text) one challenge_row
-- Uses one up, whatever comes of it; no row means that it was used or never was.
DELETE FROM core_challenge WHERE challenge = :challenge
RETURNING challenge, browser, purpose, person, until;

-- challenges_clear(at instant) nothing
-- Removes some of those that are over.
DELETE FROM core_challenge
WHERE challenge IN (SELECT challenge FROM core_challenge WHERE until <= :at ORDER BY until LIMIT 500);

-- passkey_insert takes passkey_new one passkey_hit
-- A new passkey; no row means that it is somebody's already.
INSERT INTO core_passkey (id, person, credential, algorithm, public, counter, name, made)
VALUES (:id, :person, :credential, :algorithm, :public, :counter, :name, :made)
ON CONFLICT (credential) DO NOTHING
RETURNING id;

-- passkey_by_credential(credential text) one passkey_row
-- A passkey by its authenticator's name for it, with whether its person is shut out.
SELECT k.id, k.person, k.algorithm, k.public, k.counter, k.name, p.suspended
FROM core_passkey k JOIN core_party p ON p.id = k.person WHERE k.credential = :credential;

-- passkey_note_use(id passkey_id, counter integer, at instant) nothing
-- It has signed.
UPDATE core_passkey SET counter = :counter, used = :at WHERE id = :id;

-- passkeys_of(person party_id) many passkey_line
-- A person's passkeys, the eldest first.
SELECT id, name, made, used, credential FROM core_passkey WHERE person = :person ORDER BY id LIMIT 50;

-- passkey_rename(person party_id, id passkey_id, name text) one passkey_hit
-- Another name for one of a person's; no row means that they have no such.
UPDATE core_passkey SET name = :name WHERE person = :person AND id = :id RETURNING id;

-- passkey_delete(person party_id, id passkey_id) one passkey_named
-- Removes one of a person's; no row means that they have no such.
DELETE FROM core_passkey WHERE person = :person AND id = :id RETURNING id, name;

-- passkeys_delete(person party_id) nothing
-- Removes all of a person's.
DELETE FROM core_passkey WHERE person = :person;
