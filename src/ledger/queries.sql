-- ledger_account_find takes ledger_account_key one ledger_account_row
-- An account by whose it is and what it is for. On SQLite nothing waits to be added to it.
-- on sqlite
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account
WHERE party = :party AND purpose = :purpose AND currency = :currency AND issuer = :issuer;
-- on postgresql
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account_now
WHERE party = :party AND purpose = :purpose AND currency = :currency AND issuer = :issuer;

-- ledger_account_lock_id(id account_id) one ledger_account_row
-- An account by its id, for a write that will change it: nobody else changes it until that ends.
-- on sqlite
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account WHERE id = :id;
-- on postgresql
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account WHERE id = :id FOR UPDATE;

-- ledger_accounts_lock(keys text) many ledger_account_row
-- Accounts by whose they are and what they are for, for a write that will change them.
-- on sqlite
SELECT a.id, a.party, a.purpose, a.currency, a.issuer, a.balance_minor, a.held_minor, a.floor_minor,
       a.ceiling_minor, a.daily_minor, a.out_day, a.out_minor, a.owed_minor
FROM json_each(:keys) k
CROSS JOIN ledger_account a ON a.party = k.value ->> 'party' AND a.purpose = k.value ->> 'purpose'
    AND a.currency = k.value ->> 'currency' AND a.issuer = k.value ->> 'issuer';
-- on postgresql
WITH key AS (
    SELECT * FROM ROWS FROM (json_to_recordset(CAST(:keys AS json))
        AS (party bigint, purpose text, currency text, issuer bigint)) WITH ORDINALITY AS k(party, purpose, currency, issuer, place)),
locked AS (
    SELECT a.id, a.party, a.purpose, a.currency, a.issuer, a.balance_minor, a.held_minor, a.floor_minor,
           a.ceiling_minor, a.daily_minor, a.out_day, a.out_minor, a.owed_minor
    FROM key k
    JOIN ledger_account a ON a.party = k.party AND a.purpose = k.purpose AND a.currency = k.currency
        AND a.issuer = k.issuer
    WHERE k.party <> 0
    ORDER BY k.place
    FOR UPDATE OF a)
SELECT * FROM locked
UNION ALL
SELECT a.id, a.party, a.purpose, a.currency, a.issuer, a.balance_minor, a.held_minor, a.floor_minor,
       a.ceiling_minor, a.daily_minor, a.out_day, a.out_minor, a.owed_minor
FROM key k
JOIN ledger_account a ON a.party = 0 AND a.purpose = k.purpose AND a.currency = k.currency
    AND a.issuer = k.issuer
WHERE k.party = 0;

-- ledger_account_open takes ledger_account_new nothing
-- Opens an account with nothing in it.
INSERT INTO ledger_account (id, party, purpose, currency, issuer, floor_minor)
VALUES (:id, :party, :purpose, :currency, :issuer, :floor_minor)
ON CONFLICT (party, purpose, currency, issuer) DO NOTHING;

-- ledger_account_store takes ledger_account_change nothing
-- What a write made of an account.
UPDATE ledger_account SET balance_minor = :balance_minor, held_minor = :held_minor, out_day = :out_day,
    out_minor = :out_minor, owed_minor = :owed_minor
WHERE id = :id;

-- ledger_accounts_store(rows text) nothing
-- The same for several.
-- on sqlite
UPDATE ledger_account SET balance_minor = r.value ->> 'balance_minor', held_minor = r.value ->> 'held_minor',
    out_day = r.value ->> 'out_day', out_minor = r.value ->> 'out_minor', owed_minor = r.value ->> 'owed_minor'
FROM json_each(:rows) r WHERE ledger_account.id = r.value ->> 'id';
-- on postgresql
UPDATE ledger_account SET balance_minor = r.balance_minor, held_minor = r.held_minor, out_day = r.out_day,
    out_minor = r.out_minor, owed_minor = r.owed_minor
FROM json_to_recordset(CAST(:rows AS json)) AS r(id bigint, balance_minor bigint, held_minor bigint,
    out_day bigint, out_minor bigint, owed_minor bigint)
WHERE ledger_account.id = r.id;

-- ledger_differences_insert(rows text) nothing
-- What happened to accounts that everybody touches.
-- on sqlite
INSERT INTO ledger_difference (id, account, balance_minor)
SELECT value ->> 'id', value ->> 'account', value ->> 'minor' FROM json_each(:rows);
-- on postgresql
INSERT INTO ledger_difference (id, account, balance_minor)
SELECT id, account, minor FROM json_to_recordset(CAST(:rows AS json)) AS r(id bigint, account bigint, minor bigint);

-- ledger_differences_any(most integer) one ledger_count
-- How many wait to be added up, as far as it is worth counting.
SELECT count(*) AS number FROM (SELECT 1 AS one FROM ledger_difference LIMIT :most) counted;

-- ledger_differences_take(most integer) many ledger_difference_row
-- Takes the oldest out, to be added to their accounts in the same write.
-- on sqlite
DELETE FROM ledger_difference
WHERE id IN (SELECT id FROM ledger_difference WHERE id > 0 ORDER BY id LIMIT :most)
RETURNING account, balance_minor;
-- on postgresql
DELETE FROM ledger_difference
WHERE id IN (SELECT id FROM ledger_difference WHERE id > 0 ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING account, balance_minor;

-- ledger_account_add(id account_id, minor integer) nothing
-- Adds a difference to what an account holds.
UPDATE ledger_account SET balance_minor = balance_minor + :minor WHERE id = :id;

-- ledger_account_limit takes ledger_account_limits nothing
-- What an account may do.
UPDATE ledger_account SET floor_minor = :floor_minor, ceiling_minor = :ceiling_minor, daily_minor = :daily_minor,
    owed_minor = :owed_minor
WHERE id = :id;

-- ledger_posting_insert takes ledger_posting_new gives nothing
-- Writes the head of linked transfers.
INSERT INTO ledger_posting (id, template, subject, legs, digest, corrects, follows, at)
VALUES (:id, :template, :subject, :legs, :digest, :corrects, :follows, :at);

-- ledger_transfer_insert takes ledger_transfer_new gives nothing
-- Writes one transfer.
INSERT INTO ledger_transfer (id, posting, from_account, to_account, amount_minor, amount_currency, reason,
    corrects, at)
VALUES (:id, :posting, :from_account, :to_account, :amount_minor, :amount_currency, :reason, :corrects, :at);

-- ledger_postings_insert(rows text) many ledger_posting_hit
-- Writes several heads; no row: the id of one lies in a day that is closed.
-- on sqlite
INSERT INTO ledger_posting (id, template, subject, legs, digest, corrects, follows, at)
SELECT value ->> 'id', value ->> 'template', value ->> 'subject', value ->> 'legs', value ->> 'digest',
       value ->> 'corrects', value ->> 'follows', value ->> 'at'
FROM json_each(:rows)
WHERE (SELECT MIN(value ->> 'id') FROM json_each(:rows))
      > COALESCE((SELECT through_posting FROM ledger_day WHERE day >= 0 ORDER BY day DESC LIMIT 1), 0)
RETURNING id;
-- on postgresql
INSERT INTO ledger_posting (id, template, subject, legs, digest, corrects, follows, at)
SELECT id, template, subject, legs, digest, corrects, follows, at
FROM (SELECT r.*, MIN(id) OVER () AS first FROM json_to_recordset(CAST(:rows AS json)) AS r(id bigint, template text,
          subject bigint, legs bigint, digest text, corrects bigint, follows bigint, at bigint)) r
WHERE first > COALESCE((SELECT through_posting FROM ledger_day WHERE day >= 0 ORDER BY day DESC LIMIT 1), 0)
RETURNING id;

-- ledger_transfers_insert(rows text) nothing
-- Writes several transfers.
-- on sqlite
INSERT INTO ledger_transfer (id, posting, from_account, to_account, amount_minor, amount_currency, reason,
    corrects, at)
SELECT value ->> 'id', value ->> 'posting', value ->> 'from_account', value ->> 'to_account', value ->> 'minor',
       value ->> 'currency', value ->> 'reason', value ->> 'corrects', value ->> 'at'
FROM json_each(:rows);
-- on postgresql
INSERT INTO ledger_transfer (id, posting, from_account, to_account, amount_minor, amount_currency, reason,
    corrects, at)
SELECT id, posting, from_account, to_account, minor, currency, reason, corrects, at
FROM json_to_recordset(CAST(:rows AS json)) AS r(id bigint, posting bigint, from_account bigint,
    to_account bigint, minor bigint, currency text, reason text, corrects bigint, at bigint);

-- ledger_hold_insert takes ledger_hold_new gives nothing
-- Writes an open hold.
INSERT INTO ledger_hold (id, account, amount_minor, amount_currency, state, subject, posting, at, until)
VALUES (:id, :account, :amount_minor, :amount_currency, 'open', :subject, NULL, :at, :until);

-- ledger_hold_end(id hold_id, state hold_state) one ledger_hold_row
-- Ends an open hold; no row means it was over already.
UPDATE ledger_hold SET state = :state
WHERE id = :id AND state = 'open'
RETURNING id, account, amount_minor, amount_currency, subject, until;

-- ledger_hold_note(id hold_id, posting posting_id) nothing
-- Notes what an ended hold became.
UPDATE ledger_hold SET posting = :posting WHERE id = :id;

-- ledger_holds_due(at instant) many ledger_hold_row
-- Open holds whose time is over, oldest first.
SELECT id, account, amount_minor, amount_currency, subject, until FROM ledger_hold
WHERE state = 'open' AND until > 0 AND until <= :at
ORDER BY until LIMIT 500;

-- ledger_once_insert(party party_id, key text, fingerprint text, at instant) nothing
-- Keeps a key; one that is there already is a conflict.
INSERT INTO ledger_once (party, key, fingerprint, result, at)
VALUES (:party, :key, :fingerprint, 0, :at);

-- ledger_once_keep(party party_id, key text, fingerprint text, result integer, at instant) nothing
-- Keeps a key with what was made.
INSERT INTO ledger_once (party, key, fingerprint, result, at)
VALUES (:party, :key, :fingerprint, :result, :at);

-- ledger_once_keep_all(rows text) nothing
-- Keeps several keys.
-- on sqlite
INSERT INTO ledger_once (party, key, fingerprint, result, at)
SELECT value ->> 'party', value ->> 'key', value ->> 'fingerprint', value ->> 'result', value ->> 'at'
FROM json_each(:rows);
-- on postgresql
INSERT INTO ledger_once (party, key, fingerprint, result, at)
SELECT party, key, fingerprint, result, at
FROM json_to_recordset(CAST(:rows AS json)) AS r(party bigint, key text, fingerprint text, result bigint, at bigint);

-- ledger_once_find_all(keys text) many ledger_once_used
-- Those of several keys that were used.
-- on sqlite
SELECT o.party, o.key, o.fingerprint, o.result
FROM json_each(:keys) k
CROSS JOIN ledger_once o ON o.party = k.value ->> 'party' AND o.key = k.value ->> 'key';
-- on postgresql
SELECT o.party, o.key, o.fingerprint, o.result
FROM json_to_recordset(CAST(:keys AS json)) AS k(party bigint, key text)
JOIN ledger_once o ON o.party = k.party AND o.key = k.key;

-- ledger_once_find(party party_id, key text) one ledger_once_row
-- What a key stands for.
SELECT fingerprint, result FROM ledger_once WHERE party = :party AND key = :key;

-- ledger_once_finish(party party_id, key text, result integer) nothing
-- Notes what the call made.
UPDATE ledger_once SET result = :result WHERE party = :party AND key = :key;

-- ledger_legs(posting posting_id) many ledger_leg
-- The transfers of a posting in their order, with whose accounts they touched.
SELECT t.id, f.purpose AS from_purpose, g.purpose AS to_purpose, f.party AS from_party, g.party AS to_party,
       t.amount_minor, t.amount_currency, COALESCE(o.reason, t.reason) AS reason, t.at
FROM ledger_transfer t
LEFT JOIN ledger_transfer o ON o.id = t.corrects
JOIN ledger_account f ON f.id = t.from_account
JOIN ledger_account g ON g.id = t.to_account
WHERE t.posting = :posting
ORDER BY t.id;

-- ledger_posting_find(posting posting_id) one ledger_posting_row
-- What a posting is about and takes back.
SELECT id, subject, corrects FROM ledger_posting WHERE id = :posting;

-- ledger_posting_followers(posting posting_id) many ledger_posting_row
-- Postings that shared its money on, oldest first.
SELECT id, subject, corrects FROM ledger_posting WHERE follows = :posting ORDER BY id LIMIT 500;

-- ledger_legs_left(posting posting_id) many ledger_leg_left
-- The transfers of a posting in their order, and what was taken back of each.
SELECT t.id, f.party AS from_party, f.purpose AS from_purpose, g.party AS to_party, g.purpose AS to_purpose,
       f.issuer, t.amount_minor, t.amount_currency,
       CAST(COALESCE((SELECT SUM(c.amount_minor) FROM ledger_transfer c WHERE c.corrects = t.id), 0) AS BIGINT)
           AS back_minor
FROM ledger_transfer t
JOIN ledger_account f ON f.id = t.from_account
JOIN ledger_account g ON g.id = t.to_account
WHERE t.posting = :posting
ORDER BY t.id;

-- ledger_rate_insert takes ledger_rate_row nothing
-- Keeps the rate of an exchange.
INSERT INTO ledger_rate (posting, from_currency, to_currency, numerator, denominator, source, at)
VALUES (:posting, :from_currency, :to_currency, :numerator, :denominator, :source, :at);
