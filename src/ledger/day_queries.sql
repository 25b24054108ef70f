-- ledger_day_last() one ledger_day_row
-- The last closed day.
SELECT day, from_posting, through_posting, postings, transfers, previous, hash, signature, public_key, at
FROM ledger_day WHERE day >= 0 ORDER BY day DESC LIMIT 1;

-- ledger_day_through() one ledger_posting_hit
-- The last id of the last closed day.
SELECT through_posting AS id FROM ledger_day WHERE day >= 0 ORDER BY day DESC LIMIT 1;

-- ledger_day_find(day integer) one ledger_day_row
-- One closed day.
SELECT day, from_posting, through_posting, postings, transfers, previous, hash, signature, public_key, at
FROM ledger_day WHERE day = :day;

-- ledger_day_first_posting() one ledger_posting_hit
-- The first posting of all.
SELECT id FROM ledger_posting WHERE id > 0 ORDER BY id LIMIT 1;

-- ledger_day_postings(from posting_id, through posting_id) many day_posting
-- Postings of a day by id, a thousand at a time.
SELECT id, template, subject, legs, digest, corrects, follows, at FROM ledger_posting
WHERE id >= :from AND id <= :through
ORDER BY id LIMIT 1000;

-- ledger_day_transfers(from posting_id, through posting_id) many day_transfer
-- The transfers of those, in their order.
SELECT t.id, t.posting, t.from_account, f.purpose AS from_purpose, f.party AS from_party, t.to_account,
       g.purpose AS to_purpose, g.party AS to_party, f.issuer, t.amount_minor, t.amount_currency, t.reason,
       t.corrects, t.at
FROM ledger_transfer t
JOIN ledger_account f ON f.id = t.from_account
JOIN ledger_account g ON g.id = t.to_account
WHERE t.posting >= :from AND t.posting <= :through
ORDER BY t.posting, t.id;

-- ledger_day_lock() nothing
-- Waits until nobody else is posting, and keeps others from it until the write ends. On SQLite there is one writer.
-- on sqlite
DELETE FROM ledger_day WHERE day < 0;
-- on postgresql
LOCK TABLE ledger_posting IN SHARE MODE;

-- ledger_day_count(from posting_id, through posting_id) one day_count
-- How many postings lie between two ids.
SELECT COUNT(*) AS postings FROM ledger_posting WHERE id >= :from AND id <= :through;

-- ledger_day_insert takes ledger_day_row gives nothing
-- Closes a day.
INSERT INTO ledger_day (day, from_posting, through_posting, postings, transfers, previous, hash, signature,
    public_key, at)
VALUES (:day, :from_posting, :through_posting, :postings, :transfers, :previous, :hash, :signature, :public_key,
    :at);

-- ledger_day_keep(day integer, from posting_id, through posting_id) nothing
-- Keeps what each account that moved on a day held at its end.
INSERT INTO ledger_day_balance (account, day, balance_minor)
SELECT moved.account, :day, CAST(SUM(moved.minor) AS BIGINT) + COALESCE((
    SELECT b.balance_minor FROM ledger_day_balance b
    WHERE b.account = moved.account AND b.day < :day
    ORDER BY b.day DESC LIMIT 1), 0)
FROM (SELECT to_account AS account, amount_minor AS minor FROM ledger_transfer
      WHERE posting >= :from AND posting <= :through
      UNION ALL
      SELECT from_account AS account, -amount_minor AS minor FROM ledger_transfer
      WHERE posting >= :from AND posting <= :through) AS moved
GROUP BY moved.account;

-- ledger_day_moves(day integer, from posting_id, through posting_id, after account_id) many ledger_day_kept
-- The same as rows, by account after one, a thousand at a time.
SELECT moved.account, CAST(SUM(moved.minor) AS BIGINT) + COALESCE((
    SELECT b.balance_minor FROM ledger_day_balance b
    WHERE b.account = moved.account AND b.day < :day
    ORDER BY b.day DESC LIMIT 1), 0) AS balance_minor
FROM (SELECT to_account AS account, amount_minor AS minor FROM ledger_transfer
      WHERE posting >= :from AND posting <= :through AND to_account > :after
      UNION ALL
      SELECT from_account AS account, -amount_minor AS minor FROM ledger_transfer
      WHERE posting >= :from AND posting <= :through AND from_account > :after) AS moved
GROUP BY moved.account ORDER BY moved.account LIMIT 1000;

-- ledger_day_keep_one(account account_id, day integer, balance_minor integer) nothing
-- Keeps what one account held at the end of a day, again when something came in meanwhile.
INSERT INTO ledger_day_balance (account, day, balance_minor) VALUES (:account, :day, :balance_minor)
ON CONFLICT (account, day) DO UPDATE SET balance_minor = excluded.balance_minor;

-- ledger_kept(account account_id, day integer) one ledger_kept_row
-- What an account held at the end of the last closed day until one on which it moved.
SELECT b.balance_minor, d.through_posting AS through
FROM ledger_day_balance b JOIN ledger_day d ON d.day = b.day
WHERE b.account = :account AND b.day <= :day
ORDER BY b.day DESC LIMIT 1;

-- ledger_moved(account account_id, after posting_id, before posting_id, last transfer_id) one ledger_moved_row
-- What moved in an account between two postings; no transfer of them has an id from `last` on.
SELECT CAST(COALESCE((SELECT SUM(amount_minor) FROM ledger_transfer
                      WHERE to_account = :account AND id > :after AND id < :last
                        AND posting > :after AND posting < :before), 0)
          - COALESCE((SELECT SUM(amount_minor) FROM ledger_transfer
                      WHERE from_account = :account AND id > :after AND id < :last
                        AND posting > :after AND posting < :before), 0) AS BIGINT) AS minor;
