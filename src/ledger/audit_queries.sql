-- audit_accounts(after account_id) many audit_account
-- Accounts by id with the sums that the rows behind them give.
SELECT a.id, a.party, a.purpose, a.currency, a.issuer, a.balance_minor, a.held_minor, a.floor_minor,
       a.owed_minor,
       CAST(COALESCE((SELECT SUM(t.amount_minor) FROM ledger_transfer t WHERE t.to_account = a.id), 0) AS BIGINT)
           AS given_minor,
       CAST(COALESCE((SELECT SUM(t.amount_minor) FROM ledger_transfer t WHERE t.from_account = a.id), 0) AS BIGINT)
           AS taken_minor
FROM ledger_account_now a
WHERE a.id > :after
ORDER BY a.id LIMIT 200;

-- audit_reserved_after(account account_id) many audit_reserved
-- Accounts with open holds by id, and what these add up to.
SELECT account, CAST(SUM(amount_minor) AS BIGINT) AS minor FROM ledger_hold
WHERE state = 'open' AND account > :account
GROUP BY account ORDER BY account LIMIT 100000;

-- audit_postings(after posting_id) many audit_posting
-- Heads of postings by id.
SELECT p.id, p.legs, p.digest, p.corrects, c.id AS corrected
FROM ledger_posting p LEFT JOIN ledger_posting c ON c.id = p.corrects
WHERE p.id > :after
ORDER BY p.id LIMIT 500;

-- audit_transfers(posting posting_id, after transfer_id) many audit_transfer
-- Transfers by posting and id, after one.
SELECT t.id, t.posting, t.from_account, t.to_account, t.amount_minor, t.amount_currency,
       COALESCE(f.currency, '') AS from_currency, COALESCE(g.currency, '') AS to_currency,
       COALESCE(f.issuer, -1) AS from_issuer, COALESCE(g.issuer, -1) AS to_issuer, t.reason,
       t.corrects, c.from_account AS corrected_from, c.to_account AS corrected_to,
       CAST(COALESCE((SELECT SUM(b.amount_minor) FROM ledger_transfer b WHERE b.corrects = t.id), 0) AS BIGINT)
           AS back_minor, t.at
FROM ledger_transfer t
LEFT JOIN ledger_account f ON f.id = t.from_account
LEFT JOIN ledger_account g ON g.id = t.to_account
LEFT JOIN ledger_transfer c ON c.id = t.corrects
WHERE (t.posting, t.id) > (:posting, :after)
ORDER BY t.posting, t.id LIMIT 500;

-- audit_holds(after hold_id) many audit_hold
-- Holds by id.
SELECT h.id, h.state, h.amount_currency, COALESCE(a.currency, '') AS account_currency, h.posting, p.id AS posted
FROM ledger_hold h
LEFT JOIN ledger_account a ON a.id = h.account
LEFT JOIN ledger_posting p ON p.id = h.posting
WHERE h.id > :after
ORDER BY h.id LIMIT 500;

-- journal_transfers(posting posting_id, after transfer_id) many journal_transfer
-- Transfers by posting and id, after one, as the journal writes them.
SELECT t.id, t.posting, p.template, p.corrects, f.purpose AS from_purpose, f.party AS from_party,
       g.purpose AS to_purpose, g.party AS to_party, f.issuer, t.amount_minor, t.amount_currency, t.reason, t.at
FROM ledger_transfer t
JOIN ledger_posting p ON p.id = t.posting
JOIN ledger_account f ON f.id = t.from_account
JOIN ledger_account g ON g.id = t.to_account
WHERE (t.posting, t.id) > (:posting, :after)
ORDER BY t.posting, t.id LIMIT 500;

-- journal_accounts(after account_id) many journal_account
-- Accounts by id with their balance.
SELECT id, party, purpose, currency, issuer, balance_minor FROM ledger_account_now
WHERE id > :after
ORDER BY id LIMIT 500;

-- audit_rates(after posting_id) many audit_rate
-- Exchanges by posting, with what was given and got.
SELECT r.posting, r.from_currency, r.to_currency, r.numerator, r.denominator, r.source,
       CAST(COALESCE((SELECT SUM(t.amount_minor) FROM ledger_transfer t
                      WHERE t.posting = r.posting AND t.amount_currency = r.from_currency), 0) AS BIGINT) AS given_minor,
       CAST(COALESCE((SELECT SUM(t.amount_minor) FROM ledger_transfer t
                      WHERE t.posting = r.posting AND t.amount_currency = r.to_currency), 0) AS BIGINT) AS got_minor
FROM ledger_rate r
WHERE r.posting > :after
ORDER BY r.posting LIMIT 500;

-- audit_closed_days(after integer) many audit_day
-- Closed days in their order.
SELECT day, from_posting, through_posting, postings, transfers, previous, hash, signature, public_key
FROM ledger_day WHERE day > :after ORDER BY day LIMIT 100;

-- audit_before_days(first posting_id) many audit_early
-- Postings of before the first closed day.
SELECT id FROM ledger_posting WHERE id < :first ORDER BY id LIMIT 100;

-- audit_postings_of_day(after posting_id, through posting_id) many audit_day_posting
-- Postings up to one, after one.
SELECT id, template, subject, legs, digest, corrects, follows, at FROM ledger_posting
WHERE id > :after AND id <= :through ORDER BY id LIMIT 500;

-- audit_transfers_of_posting(posting posting_id) many audit_day_transfer
-- The transfers of a posting in their order.
SELECT t.id, t.from_account, COALESCE(f.purpose, '') AS from_purpose, COALESCE(f.party, 0) AS from_party,
       t.to_account, COALESCE(g.purpose, '') AS to_purpose, COALESCE(g.party, 0) AS to_party,
       COALESCE(f.issuer, 0) AS issuer, t.amount_minor, t.amount_currency, t.reason, t.corrects, t.at
FROM ledger_transfer t
LEFT JOIN ledger_account f ON f.id = t.from_account
LEFT JOIN ledger_account g ON g.id = t.to_account
WHERE t.posting = :posting ORDER BY t.id;

-- audit_moves_of_day(day integer, from posting_id, through posting_id, after account_id) many audit_day_move
-- What moved in accounts between two postings, and what is kept of it, by account after one.
SELECT m.account, m.moved_minor,
       COALESCE((SELECT p.balance_minor FROM ledger_day_balance p
                 WHERE p.account = m.account AND p.day < :day ORDER BY p.day DESC LIMIT 1), 0) AS before_minor,
       k.balance_minor AS kept_minor
FROM (SELECT account, CAST(SUM(minor) AS BIGINT) AS moved_minor
      FROM (SELECT from_account AS account, -amount_minor AS minor FROM ledger_transfer
            WHERE posting >= :from AND posting <= :through AND from_account > :after
            UNION ALL
            SELECT to_account, amount_minor FROM ledger_transfer
            WHERE posting >= :from AND posting <= :through AND to_account > :after) AS both_sides
      GROUP BY account ORDER BY account LIMIT 5000) AS m
LEFT JOIN ledger_day_balance k ON k.account = m.account AND k.day = :day
ORDER BY m.account;

-- audit_kept_balances(account account_id, day integer) many audit_kept
-- All that is kept of closed days, by account and day after one.
SELECT k.account, k.day FROM ledger_day_balance k JOIN ledger_day d ON d.day = k.day
WHERE (k.account, k.day) > (:account, :day)
ORDER BY k.account, k.day LIMIT 5000;
