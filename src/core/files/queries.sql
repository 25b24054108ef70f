-- files_deals(party party_id, after deal_id) many file_deal
-- Deals of a party on either side, the oldest first.
SELECT d.id AS deal, d.flow AS kind, d.state, s.name AS supplier, b.name AS buyer, d.price_minor, d.price_currency,
       d.at AS begun, d.moved
FROM core_deal d JOIN core_party s ON s.id = d.supplier JOIN core_party b ON b.id = d.buyer
WHERE (d.supplier = :party OR d.buyer = :party) AND d.id > :after
ORDER BY d.id LIMIT 2000;

-- files_payments(party party_id, after payment_id) many file_payment
-- What a business paid in, the oldest first.
SELECT id AS payment, rail, amount_minor, amount_currency, reference, state, at AS announced, moved
FROM core_payment WHERE organisation = :party AND id > :after ORDER BY id LIMIT 500;

-- files_payouts(party party_id, after payout_id) many file_payout
-- What a person took out, the oldest first.
SELECT id AS payout, amount_minor, amount_currency, holder, iban, state, at AS asked, moved
FROM core_payout WHERE party = :party AND id > :after ORDER BY id LIMIT 500;

-- files_obligations(party party_id, after obligation_id) many file_obligation
-- What a party owes and is owed, the oldest first.
SELECT o.id AS obligation, o.plan, o.number, p.title, d.name AS debtor, c.name AS creditor, o.amount_minor,
       o.amount_currency, o.fee_minor, o.amount_currency AS fee_currency, o.paid_minor, o.amount_currency AS paid_currency,
       o.state, NULLIF(o.due, 0) * 86400000 AS due
FROM core_obligation o JOIN core_plan p ON p.id = o.plan
JOIN core_party d ON d.id = o.debtor JOIN core_party c ON c.id = o.creditor
WHERE (o.debtor = :party OR o.creditor = :party) AND o.id > :after
ORDER BY o.id LIMIT 2000;

-- files_members(party party_id, after party_id) many file_member
-- Who is and was a member of a business.
SELECT m.person, p.name, m.role, m.since, NULLIF(m.ended, 0) AS ended
FROM core_member m JOIN core_party p ON p.id = m.person
WHERE m.organisation = :party AND m.person > :after ORDER BY m.person LIMIT 500;
