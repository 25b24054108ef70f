-- reward_insert takes reward_row nothing
-- Keeps what was said with units that moved.
INSERT INTO core_reward (posting, issuer, party, actor, what, units_minor, units_currency, price_minor,
    price_currency, paid_minor, paid_currency, note, corrects, at)
VALUES (:posting, :issuer, :party, :actor, :what, :units_minor, :units_currency, :price_minor, :price_currency,
    :paid_minor, :paid_currency, :note, :corrects, :at);

-- reward_of_issuer(posting posting_id, issuer party_id) one reward_row
-- Units that an issuer moved.
SELECT posting, issuer, party, actor, what, units_minor, units_currency, price_minor, price_currency,
       paid_minor, paid_currency, note, corrects, at
FROM core_reward WHERE posting = :posting AND issuer = :issuer;

-- rewards_any_to_tell(at instant) one reward_any
-- Whether anybody is to be told that units end.
SELECT count(*) AS number FROM (SELECT 1 AS one FROM ledger_grant WHERE tell > 0 AND tell <= :at LIMIT 1) due;

-- rewards_of(party party_id, before account_id) many reward_account
-- The units that a person has or had, the newest kind first.
SELECT a.id, a.issuer, p.name, a.currency, a.balance_minor, a.held_minor
FROM ledger_account a JOIN core_party p ON p.id = a.issuer
WHERE a.party = :party AND a.purpose = 'rewards' AND a.id < :before
ORDER BY a.id DESC LIMIT 21;

-- reward_any_of(party party_id) one reward_any
-- Whether a person has or had any units.
SELECT count(*) AS number
FROM (SELECT 1 AS one FROM ledger_account WHERE party = :party AND purpose = 'rewards' LIMIT 1) had;

-- reward_account_of(id account_id, party party_id) one reward_account
-- One kind of units of a person.
SELECT a.id, a.issuer, p.name, a.currency, a.balance_minor, a.held_minor
FROM ledger_account a JOIN core_party p ON p.id = a.issuer
WHERE a.id = :id AND a.party = :party AND a.purpose = 'rewards';

-- reward_account_at(party party_id, issuer party_id, currency text) one reward_account
-- The units of one issuer that a person has or had.
SELECT a.id, a.issuer, p.name, a.currency, a.balance_minor, a.held_minor
FROM ledger_account a JOIN core_party p ON p.id = a.issuer
WHERE a.party = :party AND a.purpose = 'rewards' AND a.currency = :currency AND a.issuer = :issuer;

-- rewards_soon(party party_id, at instant) many reward_account
-- Units of a person of which some have an end before a moment.
SELECT a.id, a.issuer, p.name, a.currency, a.balance_minor, a.held_minor
FROM ledger_account a JOIN core_party p ON p.id = a.issuer
WHERE a.party = :party AND a.purpose = 'rewards' AND a.balance_minor > 0
  AND EXISTS (SELECT 1 FROM ledger_grant g WHERE g.account = a.id AND g.until > 0 AND g.until <= :at AND g.minor > 0)
ORDER BY a.id DESC LIMIT 5;

-- reward_lines(account account_id, before transfer_id) many reward_line_row
-- What came into an account of units and went out of it, newest first.
SELECT l.id, l.posting, l.minor, l.reason, l.corrects, r.price_minor, r.price_currency, r.paid_minor,
       r.paid_currency, r.note, l.at
FROM (SELECT * FROM (
          SELECT id, posting, -amount_minor AS minor, reason, corrects, at FROM ledger_transfer
          WHERE from_account = :account AND id < :before ORDER BY id DESC LIMIT 51) AS outgoing
      UNION ALL
      SELECT * FROM (
          SELECT id, posting, amount_minor AS minor, reason, corrects, at FROM ledger_transfer
          WHERE to_account = :account AND id < :before ORDER BY id DESC LIMIT 51) AS incoming) AS l
LEFT JOIN core_reward r ON r.posting = l.posting
ORDER BY l.id DESC LIMIT 51;

-- promise_lines(issuer party_id, before posting_id) many promise_line_row
-- Units that an issuer gave, took for something, or gave back, newest first.
SELECT r.posting, r.what, r.party, p.name, q.name AS by, r.units_minor, r.units_currency, r.price_minor,
       r.price_currency, r.paid_minor, r.paid_currency, r.note,
       CASE WHEN r.units_minor <= (SELECT SUM(c.units_minor) FROM core_reward c WHERE c.corrects = r.posting)
            THEN 1 ELSE 0 END AS returned, r.at
FROM core_reward r
JOIN core_party p ON p.id = r.party
JOIN core_party q ON q.id = r.actor
WHERE r.issuer = :issuer AND r.posting < :before
ORDER BY r.posting DESC LIMIT 31;

-- promise_out(issuer party_id, currency text) one reward_sum
-- Units that an issuer gave and nobody used yet.
SELECT count(*) AS accounts, CAST(COALESCE(SUM(-a.balance_minor), 0) AS BIGINT) AS units
FROM ledger_account_now a
WHERE a.party = :issuer AND a.purpose = 'issued' AND a.currency = :currency AND a.issuer = :issuer;

-- promise_ends_before(issuer party_id, currency text, at instant) one reward_sum
-- Units of an issuer that end before a moment unless they are used, in its 10,000 newest accounts.
SELECT count(*) AS accounts,
       CAST(COALESCE(SUM(CASE WHEN h.balance_minor > h.later_minor THEN h.balance_minor - h.later_minor ELSE 0 END), 0)
            AS BIGINT) AS units
FROM (SELECT a.balance_minor,
             CAST(COALESCE((SELECT SUM(g.minor) FROM ledger_grant g
                            WHERE g.account = a.id AND (g.until > :at OR g.until = 0)), 0) AS BIGINT) AS later_minor
      FROM ledger_account a
      WHERE a.issuer = :issuer AND a.issuer > 0 AND a.currency = :currency AND a.purpose = 'rewards'
        AND a.balance_minor > 0
      ORDER BY a.id DESC LIMIT 10000) AS h;

-- reward_odd_accounts(after account_id) many reward_account
-- Accounts with units whose issuer never made rules for them.
SELECT a.id, a.issuer, '' AS name, a.currency, a.balance_minor, a.held_minor
FROM ledger_account a
WHERE a.id > :after AND a.purpose IN ('rewards', 'issued')
  AND NOT EXISTS (SELECT 1 FROM ledger_promise p WHERE p.issuer = a.issuer AND p.currency = a.currency)
ORDER BY a.id LIMIT 100;
