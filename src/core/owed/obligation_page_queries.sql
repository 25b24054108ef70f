-- obligations_open(party party_id, due integer, after obligation_id, most integer) many obligation_listed
-- What a party owes and is owed, first due first.
SELECT id, plan, number, parts, kind, title, debtor, debtor_name, creditor, creditor_name, amount_minor, amount_currency,
       fee_minor, paid_minor, state, due, automatic, grace, late_minor, closed, moved, steps
FROM core_obligation_shown WHERE id IN (
    SELECT id FROM (
        SELECT id, due FROM (
            SELECT id, due FROM core_obligation
            WHERE debtor = :party AND closed = 0 AND due >= :due AND (due > :due OR id > :after)
            ORDER BY due, id LIMIT :most) AS owing
        UNION ALL
        SELECT id, due FROM (
            SELECT id, due FROM core_obligation
            WHERE creditor = :party AND closed = 0 AND due >= :due AND (due > :due OR id > :after)
            ORDER BY due, id LIMIT :most) AS owed
        ORDER BY due, id LIMIT :most) AS page)
ORDER BY due, id LIMIT :most;

-- obligations_waiting_for(debtor party_id, day integer) many obligation_listed
-- What a party owes and whose day has come, first due first.
SELECT id, plan, number, parts, kind, title, debtor, debtor_name, creditor, creditor_name, amount_minor, amount_currency,
       fee_minor, paid_minor, state, due, automatic, grace, late_minor, closed, moved, steps
FROM core_obligation_shown
WHERE debtor = :debtor AND closed = 0 AND due > 0 AND due <= :day AND state IN ('due', 'late')
ORDER BY due, id LIMIT 3;

-- obligations_settled(party party_id, closed instant, before obligation_id, most integer) many obligation_listed
-- What a party owed and was owed, last settled first.
SELECT id, plan, number, parts, kind, title, debtor, debtor_name, creditor, creditor_name, amount_minor, amount_currency,
       fee_minor, paid_minor, state, due, automatic, grace, late_minor, closed, moved, steps
FROM core_obligation_shown WHERE id IN (
    SELECT id FROM (
        SELECT id, closed FROM (
            SELECT id, closed FROM core_obligation
            WHERE debtor = :party AND closed > 0 AND closed <= :closed AND (closed < :closed OR id < :before)
            ORDER BY closed DESC, id DESC LIMIT :most) AS owing
        UNION ALL
        SELECT id, closed FROM (
            SELECT id, closed FROM core_obligation
            WHERE creditor = :party AND closed > 0 AND closed <= :closed AND (closed < :closed OR id < :before)
            ORDER BY closed DESC, id DESC LIMIT :most) AS owed
        ORDER BY closed DESC, id DESC LIMIT :most) AS page)
ORDER BY closed DESC, id DESC LIMIT :most;

-- obligations_of_plan(plan plan_id, after integer) many obligation_listed
-- The obligations of a plan by their number.
SELECT id, plan, number, parts, kind, title, debtor, debtor_name, creditor, creditor_name, amount_minor, amount_currency,
       fee_minor, paid_minor, state, due, automatic, grace, late_minor, closed, moved, steps
FROM core_obligation_shown WHERE plan = :plan AND number > :after
ORDER BY number LIMIT 51;

-- obligation_shown(id obligation_id) one obligation_listed
-- One obligation with its plan and both sides.
SELECT id, plan, number, parts, kind, title, debtor, debtor_name, creditor, creditor_name, amount_minor, amount_currency,
       fee_minor, paid_minor, state, due, automatic, grace, late_minor, closed, moved, steps
FROM core_obligation_shown WHERE id = :id;

-- obligation_let_go(subject integer) one obligation_said
-- Why an obligation was forgiven or cancelled.
SELECT note FROM core_history
WHERE subject = :subject AND to_state IN ('forgiven', 'cancelled') ORDER BY id DESC LIMIT 1;

-- plans_proposed_to(debtor party_id) many plan_listed
-- Plans that wait for a debtor's word, newest first.
SELECT p.id, p.title, p.kind, d.name AS debtor_name, c.name AS creditor_name, p.state, p.sum_minor, p.sum_currency,
       p.term, p.at
FROM core_plan p JOIN core_party d ON d.id = p.debtor JOIN core_party c ON c.id = p.creditor
WHERE p.debtor = :debtor AND p.state = 'proposed'
ORDER BY p.id DESC LIMIT 20;

-- plans_in_state(state plan_state, before plan_id) many plan_listed
-- Plans of one state, newest first.
SELECT p.id, p.title, p.kind, d.name AS debtor_name, c.name AS creditor_name, p.state, p.sum_minor, p.sum_currency,
       p.term, p.at
FROM core_plan p JOIN core_party d ON d.id = p.debtor JOIN core_party c ON c.id = p.creditor
WHERE p.state = :state AND p.id < :before
ORDER BY p.id DESC LIMIT 51;

-- obligation_readers(party party_id) many obligation_reader
-- Who reads mail for a party: the person, or the owners of a business.
SELECT person, language FROM core_login WHERE person = :party
UNION ALL
SELECT l.person, l.language FROM core_member m JOIN core_login l ON l.person = m.person
WHERE m.organisation = :party AND m.ended = 0 AND m.role = 'owner'
LIMIT 20;

-- calendar_of(party party_id) one calendar_row
-- The link of a party's calendar.
SELECT party, serial, language FROM core_calendar WHERE party = :party AND valid = 1;

-- calendar_renew(party party_id, language language, at instant) nothing
-- Makes a link valid, and those before it invalid.
INSERT INTO core_calendar (party, serial, valid, language, at) VALUES (:party, 1, 1, :language, :at)
ON CONFLICT (party) DO UPDATE SET serial = core_calendar.serial + 1, valid = 1, language = excluded.language,
    at = excluded.at;

-- calendar_revoke(party party_id, at instant) nothing
-- Makes the link of a party's calendar invalid.
UPDATE core_calendar SET valid = 0, at = :at WHERE party = :party;
