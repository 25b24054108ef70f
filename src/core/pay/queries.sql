-- payment_insert takes payment_row nothing
-- Writes a new payment.
INSERT INTO core_payment (id, organisation, rail, amount_minor, amount_currency, reference, state, at, moved)
VALUES (:id, :organisation, :rail, :amount_minor, :amount_currency, :reference, :state, :at, :moved);

-- payment_by_id(id payment_id) one payment_row
-- One payment.
SELECT id, organisation, rail, amount_minor, amount_currency, reference, state, at, moved
FROM core_payment WHERE id = :id;

-- flow core_payment(state, moved)

-- bank_set(party party_id, holder text, iban text, at instant) nothing
-- Where a person wants to be paid from now on.
INSERT INTO core_bank (party, holder, iban, at) VALUES (:party, :holder, :iban, :at)
ON CONFLICT (party) DO UPDATE SET holder = excluded.holder, iban = excluded.iban, at = excluded.at;

-- bank_of(party party_id) one bank_row
-- Where a person wants to be paid.
SELECT party, holder, iban, at FROM core_bank WHERE party = :party;

-- payout_insert takes payout_row nothing
-- Writes a new payout.
INSERT INTO core_payout (id, party, amount_minor, amount_currency, holder, iban, state, at, moved)
VALUES (:id, :party, :amount_minor, :amount_currency, :holder, :iban, :state, :at, :moved);

-- payout_by_id(id payout_id) one payout_row
-- One payout.
SELECT id, party, amount_minor, amount_currency, holder, iban, state, at, moved
FROM core_payout WHERE id = :id;

-- flow core_payout(state, moved, owner party)

-- payouts_approved(after payout_id, besides party_id) many payout_row
-- Payouts that go into the next payment file but those that one person approved, oldest first.
SELECT p.id, p.party, p.amount_minor, p.amount_currency, p.holder, p.iban, p.state, p.at, p.moved
FROM core_payout p
WHERE p.state = 'approved' AND p.id > :after
  AND NOT EXISTS (SELECT 1 FROM core_history h
                  WHERE h.subject = p.id AND h.event = 'approve' AND h.actor = :besides)
ORDER BY p.id LIMIT 200;

-- pay_posting_of(subject integer, template text) one pay_posting_hit
-- The first posting of one kind about a payment or payout.
SELECT id FROM ledger_posting
WHERE subject = :subject AND template = :template
ORDER BY id LIMIT 1;

-- pay_odd_payments(after payment_id) many pay_odd_payment
-- Payments received without exactly their amount in the wallet, or in the wallet without being received.
SELECT p.id, p.state FROM core_payment p
WHERE p.id > :after
  AND (SELECT CAST(COALESCE(SUM(t.amount_minor), 0) AS BIGINT)
       FROM ledger_posting g JOIN ledger_transfer t ON t.posting = g.id
       WHERE g.subject = p.id AND g.template = 'core.payment.received')
      <> CASE WHEN p.state = 'received' THEN p.amount_minor ELSE 0 END
ORDER BY p.id LIMIT 200;

-- pay_payout_accounts(after account_id) many pay_odd_account
-- Payouts accounts by id with what is under way.
SELECT a.id, a.balance_minor,
       CAST(COALESCE((SELECT SUM(p.amount_minor) FROM core_payout p
                      WHERE p.party = a.party AND p.amount_currency = a.currency
                        AND p.state IN ('asked', 'approved', 'sent')), 0) AS BIGINT) AS open_minor
FROM ledger_account a
WHERE a.purpose = 'payouts' AND a.id > :after
ORDER BY a.id LIMIT 200;
