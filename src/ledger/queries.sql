-- ledger_account_find(party party_id, purpose account_purpose, currency text) one ledger_account_row
-- An account by whose it is and what it is for.
SELECT id, balance_minor, held_minor, currency FROM ledger_account
WHERE party = :party AND purpose = :purpose AND currency = :currency;

-- ledger_account_open(id account_id, party party_id, purpose account_purpose, currency text, overdraft flag) nothing
-- Opens an account with nothing in it.
INSERT INTO ledger_account (id, party, purpose, currency, overdraft)
VALUES (:id, :party, :purpose, :currency, :overdraft)
ON CONFLICT (party, purpose, currency) DO NOTHING;

-- ledger_account_take(id account_id, amount integer) one ledger_account_hit
-- Takes from an account unless that would touch what is held; no row means not enough.
UPDATE ledger_account SET balance_minor = balance_minor - :amount
WHERE id = :id AND (overdraft = 1 OR balance_minor - held_minor >= :amount)
RETURNING id;

-- ledger_account_give(id account_id, amount integer) one ledger_account_hit
-- Gives to an account.
UPDATE ledger_account SET balance_minor = balance_minor + :amount
WHERE id = :id
RETURNING id;

-- ledger_account_reserve(id account_id, amount integer) one ledger_account_hit
-- Reserves part of the free balance; no row means not enough.
UPDATE ledger_account SET held_minor = held_minor + :amount
WHERE id = :id AND (overdraft = 1 OR balance_minor - held_minor >= :amount)
RETURNING id;

-- ledger_account_release(id account_id, amount integer) one ledger_account_hit
-- Gives a reservation back.
UPDATE ledger_account SET held_minor = held_minor - :amount
WHERE id = :id AND held_minor >= :amount
RETURNING id;

-- ledger_posting_insert takes ledger_posting_new gives nothing
-- Writes the head of linked transfers.
INSERT INTO ledger_posting (id, template, subject, legs, digest, corrects, at)
VALUES (:id, :template, :subject, :legs, :digest, :corrects, :at);

-- ledger_transfer_insert takes ledger_transfer_new gives nothing
-- Writes one transfer.
INSERT INTO ledger_transfer (id, posting, from_account, to_account, amount_minor, amount_currency, reason, at)
VALUES (:id, :posting, :from_account, :to_account, :amount_minor, :amount_currency, :reason, :at);

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
