-- account_lines(party party_id, purpose account_purpose, currency text, before transfer_id) many account_line
-- What came into and went out of one account, newest first.
SELECT id, posting, other_purpose, other_name, amount_minor, amount_currency, reason, at FROM (
    SELECT * FROM (
        SELECT t.id, t.posting, o.purpose AS other_purpose, COALESCE(p.name, '') AS other_name,
               -t.amount_minor AS amount_minor, t.amount_currency, t.reason, t.at
        FROM ledger_account a
        JOIN ledger_transfer t ON t.from_account = a.id
        JOIN ledger_account o ON o.id = t.to_account
        LEFT JOIN core_party p ON p.id = o.party
        WHERE a.party = :party AND a.purpose = :purpose AND a.currency = :currency AND t.id < :before
        ORDER BY t.id DESC LIMIT 51) AS outgoing
    UNION ALL
    SELECT * FROM (
        SELECT t.id, t.posting, o.purpose AS other_purpose, COALESCE(p.name, '') AS other_name,
               t.amount_minor, t.amount_currency, t.reason, t.at
        FROM ledger_account a
        JOIN ledger_transfer t ON t.to_account = a.id
        JOIN ledger_account o ON o.id = t.from_account
        LEFT JOIN core_party p ON p.id = o.party
        WHERE a.party = :party AND a.purpose = :purpose AND a.currency = :currency AND t.id < :before
        ORDER BY t.id DESC LIMIT 51) AS incoming) AS lines
ORDER BY id DESC LIMIT 51;

-- posting_legs_for(posting posting_id, party party_id) many posting_leg_listed
-- The transfers of a posting in their order, for a party that takes part in it.
SELECT t.id, f.purpose AS from_purpose, COALESCE(p.name, '') AS from_name, g.purpose AS to_purpose,
       COALESCE(q.name, '') AS to_name, t.amount_minor, t.amount_currency, t.reason, t.at
FROM ledger_transfer t
JOIN ledger_account f ON f.id = t.from_account
JOIN ledger_account g ON g.id = t.to_account
LEFT JOIN core_party p ON p.id = f.party
LEFT JOIN core_party q ON q.id = g.party
WHERE t.posting = :posting
  AND EXISTS (SELECT 1 FROM ledger_transfer u
              JOIN ledger_account a ON a.id IN (u.from_account, u.to_account)
              WHERE u.posting = :posting AND a.party = :party)
ORDER BY t.id LIMIT 20;

-- payments_waiting_of(organisation party_id) many payment_listed
-- What an organisation has announced and what has not come yet, newest first.
SELECT p.id, p.organisation, o.name, p.rail, p.amount_minor, p.amount_currency, p.reference, p.state, p.at, p.moved
FROM core_payment p JOIN core_party o ON o.id = p.organisation
WHERE p.organisation = :organisation AND p.state = 'announced'
ORDER BY p.id DESC LIMIT 20;

-- payment_of(id payment_id, organisation party_id) one payment_listed
-- One payment of an organisation.
SELECT p.id, p.organisation, o.name, p.rail, p.amount_minor, p.amount_currency, p.reference, p.state, p.at, p.moved
FROM core_payment p JOIN core_party o ON o.id = p.organisation
WHERE p.id = :id AND p.organisation = :organisation;

-- payments_in_state(state payment_state, after payment_id) many payment_listed
-- Payments in one state, oldest first.
SELECT p.id, p.organisation, o.name, p.rail, p.amount_minor, p.amount_currency, p.reference, p.state, p.at, p.moved
FROM core_payment p JOIN core_party o ON o.id = p.organisation
WHERE p.state = :state AND p.id > :after
ORDER BY p.id LIMIT 51;

-- payouts_of(party party_id, before payout_id) many payout_listed
-- A person's payouts, newest first.
SELECT p.id, q.name, p.amount_minor, p.amount_currency, p.holder, p.iban, p.state,
       COALESCE((SELECT h.note FROM core_history h WHERE h.subject = p.id AND h.to_state = 'rejected'), '') AS reason,
       p.at, p.moved
FROM core_payout p JOIN core_party q ON q.id = p.party
WHERE p.party = :party AND p.id < :before
ORDER BY p.id DESC LIMIT 51;

-- payout_last_of(party party_id) one payout_listed
-- The payout that a person asked for last.
SELECT p.id, q.name, p.amount_minor, p.amount_currency, p.holder, p.iban, p.state,
       COALESCE((SELECT h.note FROM core_history h WHERE h.subject = p.id AND h.to_state = 'rejected'), '') AS reason,
       p.at, p.moved
FROM core_payout p JOIN core_party q ON q.id = p.party
WHERE p.party = :party
ORDER BY p.id DESC LIMIT 1;

-- payouts_in_state(state payout_state, after payout_id) many desk_payout_row
-- Payouts in one state, oldest first.
SELECT p.id, q.name, p.amount_minor, p.amount_currency, p.holder, p.iban,
       COALESCE((SELECT h.actor FROM core_history h WHERE h.subject = p.id AND h.event = 'approve'), 0) AS approver,
       p.at, p.moved
FROM core_payout p JOIN core_party q ON q.id = p.party
WHERE p.state = :state AND p.id > :after
ORDER BY p.id LIMIT 51;

-- payments_waiting() one waiting_count
-- How many payments are announced, 51 at most.
SELECT COUNT(*) AS number FROM (SELECT id FROM core_payment WHERE state = 'announced' LIMIT 51) AS waiting;

-- payouts_waiting() one waiting_count
-- How many payouts are asked for, 51 at most.
SELECT COUNT(*) AS number FROM (SELECT id FROM core_payout WHERE state = 'asked' LIMIT 51) AS waiting;
