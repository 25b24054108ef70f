-- promise_insert takes ledger_promise gives nothing
-- New rules; those made in the same millisecond are replaced.
INSERT INTO ledger_promise (issuer, currency, since, kind, days, told_days, least, part, worth_minor, worth_currency,
    per)
VALUES (:issuer, :currency, :since, :kind, :days, :told_days, :least, :part, :worth_minor, :worth_currency, :per)
ON CONFLICT (issuer, currency, since) DO UPDATE SET kind = excluded.kind, days = excluded.days,
    told_days = excluded.told_days, least = excluded.least, part = excluded.part,
    worth_minor = excluded.worth_minor, worth_currency = excluded.worth_currency, per = excluded.per;

-- promise_newest(issuer party_id, currency text) one ledger_promise
-- The rules in force.
SELECT issuer, kind, currency, days, told_days, least, part, worth_minor, worth_currency, per, since
FROM ledger_promise WHERE issuer = :issuer AND currency = :currency
ORDER BY since DESC LIMIT 1;

-- grant_insert takes grant_row gives nothing
-- Keeps when units end that were just given.
INSERT INTO ledger_grant (transfer, account, minor, until, tell) VALUES (:transfer, :account, :minor, :until, :tell);

-- grant_take_back(transfer transfer_id, minor integer) nothing
-- Units of a grant that were taken back.
UPDATE ledger_grant SET minor = CASE WHEN minor > :minor THEN minor - :minor ELSE 0 END WHERE transfer = :transfer;

-- grants_any_due(at instant) one grant_count
-- Whether any grant's day is over: 0 or 1.
SELECT count(*) AS number FROM (SELECT 1 AS one FROM ledger_grant WHERE until > 0 AND until <= :at LIMIT 1) due;

-- grants_due(at instant) many grant_due
-- Accounts with grants whose day is over, of the first thousand of these.
SELECT a.id AS account, a.party, a.issuer, a.currency, a.balance_minor, a.held_minor, due.until,
       CAST(COALESCE((SELECT SUM(l.minor) FROM ledger_grant l WHERE l.account = a.id
                      AND (l.until > :at OR l.until = 0)), 0) AS BIGINT) AS later_minor,
       due.last
FROM (SELECT account, MAX(until) AS until, MAX(transfer) AS last
      FROM (SELECT account, until, transfer FROM ledger_grant WHERE until > 0 AND until <= :at
            ORDER BY until LIMIT 1000) first
      GROUP BY account LIMIT 100) due
JOIN ledger_account a ON a.id = due.account;

-- grants_over(account account_id, at instant) nothing
-- Takes out grants whose day is over.
DELETE FROM ledger_grant WHERE account = :account AND until > 0 AND until <= :at;

-- grants_wait(account account_id, at instant, later instant) nothing
-- Grants whose day is over end later.
UPDATE ledger_grant SET until = :later WHERE account = :account AND until > 0 AND until <= :at;

-- grants_to_tell(at instant) many grant_due
-- Accounts with grants whose end is to be told, of the first thousand of these.
SELECT a.id AS account, a.party, a.issuer, a.currency, a.balance_minor, a.held_minor, due.until,
       CAST(COALESCE((SELECT SUM(l.minor) FROM ledger_grant l WHERE l.account = a.id
                      AND (l.until > due.until OR l.until = 0)), 0) AS BIGINT) AS later_minor,
       due.last
FROM (SELECT told.account,
             (SELECT MAX(until) FROM ledger_grant WHERE account = told.account AND tell > 0 AND tell <= :at) AS until,
             told.last
      FROM (SELECT account, MAX(transfer) AS last
            FROM (SELECT account, transfer FROM ledger_grant WHERE tell > 0 AND tell <= :at
                  ORDER BY tell LIMIT 1000) first
            GROUP BY account LIMIT 100) told) due
JOIN ledger_account a ON a.id = due.account;

-- grants_told(account account_id, at instant) nothing
-- Their owner was told.
UPDATE ledger_grant SET tell = 0 WHERE account = :account AND tell > 0 AND tell <= :at;

-- grant_days(issuer party_id, party party_id, currency text) many grant_day
-- What was given to an account by the end it has, soonest first, what never ends last.
SELECT a.balance_minor, g.until, CAST(SUM(g.minor) AS BIGINT) AS minor
FROM ledger_account a
JOIN ledger_grant g ON g.account = a.id
WHERE a.party = :party AND a.purpose = 'rewards' AND a.currency = :currency AND a.issuer = :issuer
GROUP BY a.balance_minor, g.until
ORDER BY CASE WHEN g.until = 0 THEN 1 ELSE 0 END, g.until LIMIT 4000;
