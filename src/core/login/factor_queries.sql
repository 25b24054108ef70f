-- factor_find(person party_id) one factor_row
-- The second factor of a person, also one that is being set up.
SELECT person, secret, since, step, wrong, wait_until FROM core_factor WHERE person = :person;

-- factor_insert(person party_id, secret text) one party_hit
-- Begins to set one up, in place of one that never was finished; no row means that one is on.
INSERT INTO core_factor (person, secret) VALUES (:person, :secret)
ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, step = 0, wrong = 0, wait_until = 0
WHERE core_factor.since = 0
RETURNING person AS id;

-- factor_set_on(person party_id, since instant, step integer) nothing
-- From now on it is asked for.
UPDATE core_factor SET since = :since, step = :step, wrong = 0, wait_until = 0 WHERE person = :person;

-- factor_set_tried(person party_id, step integer, wrong integer, wait_until instant) nothing
-- What became of a code that was typed.
UPDATE core_factor SET step = :step, wrong = :wrong, wait_until = :wait_until WHERE person = :person;

-- factor_delete(person party_id) nothing
-- Takes it away.
DELETE FROM core_factor WHERE person = :person;

-- recovery_insert(person party_id, code text) nothing
-- A code for who has lost the app.
INSERT INTO core_recovery (person, code) VALUES (:person, :code);

-- recovery_use(person party_id, code text, at instant) one party_hit
-- Uses one; no row means that there is none such, or that it was used.
UPDATE core_recovery SET used = :at WHERE person = :person AND code = :code AND used = 0
RETURNING person AS id;

-- recovery_unused(person party_id) one recovery_count
-- How many a person still has.
SELECT COUNT(*) AS unused FROM core_recovery WHERE person = :person AND used = 0;

-- recovery_delete(person party_id) nothing
-- None of them is good any more.
DELETE FROM core_recovery WHERE person = :person;

-- links_clear(person party_id, purpose link_purpose, at instant) nothing
-- Removes a person's links of a kind that are over.
DELETE FROM core_link WHERE person = :person AND purpose = :purpose AND (until <= :at OR used > 0);
