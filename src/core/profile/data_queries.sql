-- data_sessions(person party_id) many data_session
-- Where a person is signed in.
SELECT begun, until, used, browser, address FROM core_session WHERE person = :person ORDER BY begun LIMIT 10000;

-- data_places(person party_id) many data_seen
-- Where a person signed in from.
SELECT browser, address, at FROM core_seen WHERE person = :person ORDER BY browser, address LIMIT 10000;

-- data_passkeys(person party_id) many data_passkey
-- What a person signs in with.
SELECT name, made, NULLIF(used, 0) AS used FROM core_passkey WHERE person = :person ORDER BY id LIMIT 10000;

-- data_identities(person party_id) many data_identity
-- Accounts elsewhere that a person signs in with.
SELECT issuer, subject, mail, made, NULLIF(used, 0) AS used FROM core_identity
WHERE person = :person ORDER BY id LIMIT 10000;

-- data_keys(person party_id) many data_key
-- Keys that a person made.
SELECT k.name, k.tail, k.scopes, o.name AS owner, k.made, k.until, NULLIF(k.used, 0) AS used, NULLIF(k.revoked, 0) AS ended
FROM core_key k JOIN core_party o ON o.id = k.owner
WHERE k.maker = :person ORDER BY k.id LIMIT 10000;

-- data_apps(person party_id) many data_app
-- What a person allowed apps.
SELECT a.name AS app, b.name AS owner, COALESCE(o.name, '') AS organisation, g.scopes, g.given, g.until,
       NULLIF(g.used, 0) AS used, NULLIF(g.ended, 0) AS ended
FROM core_app_grant g
JOIN core_app a ON a.id = g.app
JOIN core_party b ON b.id = a.owner
LEFT JOIN core_party o ON o.id = g.organisation
WHERE g.person = :person ORDER BY g.id LIMIT 10000;

-- data_acceptances(person party_id) many data_acceptance
-- What a person accepted.
SELECT t.name, t.version, t.language, t.hash, a.at
FROM core_acceptance a JOIN core_terms t ON t.hash = a.hash
WHERE a.party = :person ORDER BY a.at LIMIT 10000;

-- data_messages(person party_id) many data_message
-- What a person said.
SELECT m.id, m.body, COALESCE(o.name, '') AS organisation, m.at
FROM core_message m LEFT JOIN core_party o ON o.id = m.organisation
WHERE m.author = :person ORDER BY m.id LIMIT 10000;

-- data_mails(person party_id) many data_mail
-- What was written to a person.
SELECT id, subject, body, state, at FROM core_mail WHERE party = :person ORDER BY id LIMIT 10000;

-- data_deals(person party_id) many data_deal
-- What a person agreed on as supplier.
SELECT d.id, d.flow, d.state, b.name AS buyer, d.price_minor, d.price_currency, d.at, d.moved
FROM core_deal d JOIN core_party b ON b.id = d.buyer
WHERE d.supplier = :person ORDER BY d.id LIMIT 10000;

-- data_rights(person party_id) many data_right
-- What a person granted.
SELECT r.id, r.kind, h.name AS holder, r.scope, r.territory, r.exclusive, r.begins, r.ends
FROM core_right r JOIN core_party h ON h.id = r.holder
WHERE r.grantor = :person ORDER BY r.id LIMIT 10000;

-- data_steps(person party_id) many data_step
-- What a person did.
SELECT flow, event, note, price_minor, price_currency, at FROM core_history WHERE actor = :person ORDER BY id LIMIT 10000;

-- data_payouts(person party_id) many data_payout
-- What a person took out.
SELECT id, amount_minor, amount_currency, holder, iban, state, at FROM core_payout
WHERE party = :person ORDER BY id LIMIT 10000;

-- data_banks(person party_id) many data_bank
-- Where a person is paid.
SELECT holder, iban, at FROM core_bank WHERE party = :person;

-- data_transfers(person party_id) many data_transfer
-- What moved in a person's accounts.
SELECT m.template, m.reason, m.received, m.amount_minor, m.amount_currency, m.at
FROM (SELECT t.id, p.template, t.reason, 0 AS received, t.amount_minor, t.amount_currency, t.at
      FROM ledger_account a JOIN ledger_transfer t ON t.from_account = a.id
      JOIN ledger_posting p ON p.id = t.posting
      WHERE a.party = :person
      UNION ALL
      SELECT t.id, p.template, t.reason, 1 AS received, t.amount_minor, t.amount_currency, t.at
      FROM ledger_account a JOIN ledger_transfer t ON t.to_account = a.id
      JOIN ledger_posting p ON p.id = t.posting
      WHERE a.party = :person) m
ORDER BY m.id, m.received LIMIT 10000;

-- data_awards(person party_id) many data_award
-- What programs gave a person.
SELECT w.id, b.name AS business, p.title AS program, w.level, w.rule, w.sum_minor, w.sum_currency, w.credit, w.back_minor,
       w.due, w.at
FROM core_award w JOIN core_program p ON p.id = w.program JOIN core_party b ON b.id = p.business
WHERE w.party = :person ORDER BY w.id LIMIT 10000;

-- data_spends(person party_id) many data_spend
-- What a person's points and credit paid.
SELECT s.id, b.name AS business, s.number, s.state, s.units_minor, s.units_currency, s.used_minor, s.at
FROM core_spend s JOIN core_party b ON b.id = s.business
WHERE s.party = :person ORDER BY s.id LIMIT 10000;
