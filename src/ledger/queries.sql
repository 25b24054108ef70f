-- ledger_account_find takes ledger_account_key one ledger_account_row
-- An account by whose it is and what it is for.
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account
WHERE party = :party AND purpose = :purpose AND currency = :currency AND issuer = :issuer;

-- ledger_account_lock takes ledger_account_key one ledger_account_row
-- The same, for a write that will change it: nobody else changes it until that ends.
-- on sqlite
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account
WHERE party = :party AND purpose = :purpose AND currency = :currency AND issuer = :issuer;
-- on postgresql
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account
WHERE party = :party AND purpose = :purpose AND currency = :currency AND issuer = :issuer
FOR UPDATE;

-- ledger_account_lock_id(id account_id) one ledger_account_row
-- The same by its id.
-- on sqlite
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account WHERE id = :id;
-- on postgresql
SELECT id, party, purpose, currency, issuer, balance_minor, held_minor, floor_minor, ceiling_minor, daily_minor,
       out_day, out_minor, owed_minor
FROM ledger_account WHERE id = :id FOR UPDATE;

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

-- ledger_once_find(party party_id, key text) one ledger_once_row
-- What a key stands for.
SELECT fingerprint, result FROM ledger_once WHERE party = :party AND key = :key;

-- ledger_once_finish(party party_id, key text, result integer) nothing
-- Notes what the call made.
UPDATE ledger_once SET result = :result WHERE party = :party AND key = :key;

-- ledger_legs(posting posting_id) many ledger_leg
-- The transfers of a posting in their order, with whose accounts they touched.
SELECT t.id, f.purpose AS from_purpose, g.purpose AS to_purpose, f.party AS from_party, g.party AS to_party,
       t.amount_minor, t.amount_currency, t.reason, t.at
FROM ledger_transfer t
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
