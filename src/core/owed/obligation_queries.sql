-- plan_insert takes plan_row nothing
-- Writes a new plan.
INSERT INTO core_plan (id, kind, subject, title, debtor, creditor, state, term, sum_minor, sum_currency, parts,
                       remainder, unit, every, first, month_day, rate, basis, accrues, grace, fee_minor,
                       patience, automatic, made, next, at, moved)
VALUES (:id, :kind, :subject, :title, :debtor, :creditor, :state, :term, :sum_minor, :sum_currency, :parts,
        :remainder, :unit, :every, :first, :month_day, :rate, :basis, :accrues, :grace, :fee_minor,
        :patience, :automatic, :made, :next, :at, :moved);

-- plan_by_id(id plan_id) one plan_row
-- One plan.
SELECT id, kind, subject, title, debtor, creditor, state, term, sum_minor, sum_currency, parts, remainder, unit,
       every, first, month_day, rate, basis, accrues, grace, fee_minor, patience, automatic, made, next, at, moved
FROM core_plan WHERE id = :id;

-- flow core_plan(state, moved)

-- plan_made(id plan_id, made integer, next integer) nothing
-- How far obligations have been made.
UPDATE core_plan SET made = :made, next = :next WHERE id = :id;

-- plans_in_sight(day integer) many plan_hit
-- Running plans with obligations to make on a day.
SELECT id FROM core_plan WHERE next > 0 AND next <= :day ORDER BY next LIMIT 20;

-- obligation_insert takes obligation_row nothing
-- Writes who owes what to whom.
INSERT INTO core_obligation (id, plan, number, debtor, creditor, amount_minor, amount_currency, fee_minor,
                             paid_minor, state, due, closed, collect, moved)
VALUES (:id, :plan, :number, :debtor, :creditor, :amount_minor, :amount_currency, :fee_minor, :paid_minor,
        :state, :due, :closed, :collect, :moved);

-- obligation_by_id(id obligation_id) one obligation_row
-- One obligation.
SELECT id, plan, number, debtor, creditor, amount_minor, amount_currency, fee_minor, paid_minor, state, due,
       closed, collect, moved
FROM core_obligation WHERE id = :id;

-- flow core_obligation(state, moved)

-- obligation_keep(id obligation_id, due integer, fee_minor integer, paid_minor integer, closed instant, collect instant) nothing
-- What a move changes beside the state.
UPDATE core_obligation
SET due = :due, fee_minor = :fee_minor, paid_minor = :paid_minor, closed = :closed, collect = :collect
WHERE id = :id;

-- obligations_open_of(plan plan_id) many obligation_hit
-- Open obligations of a plan, in their order.
SELECT id FROM core_obligation WHERE plan = :plan AND closed = 0 ORDER BY number LIMIT 600;

-- obligation_open_in(plan plan_id) one obligation_hit
-- An open obligation of a plan.
SELECT id FROM core_obligation WHERE plan = :plan AND closed = 0 ORDER BY number LIMIT 1;

-- obligations_to_collect(at instant) many obligation_hit
-- What is to be paid by itself now, longest waiting first.
SELECT id FROM core_obligation WHERE collect > 0 AND collect <= :at ORDER BY collect LIMIT 100;

-- obligations_collect_now(debtor party_id, at instant) nothing
-- Money came in: what the debtor owes is tried at once, the oldest first.
UPDATE core_obligation SET collect = :at
WHERE id IN (SELECT id FROM core_obligation
             WHERE debtor = :debtor AND closed = 0 AND collect > :at ORDER BY due LIMIT 100);

-- instalment_insert takes instalment_row nothing
-- Keeps what was paid with its posting.
INSERT INTO core_instalment (posting, obligation, amount_minor, fee_minor, at)
VALUES (:posting, :obligation, :amount_minor, :fee_minor, :at);

-- obligations_audited(after obligation_id) many obligation_odd
-- Obligations by id beside their payments and what their postings took from the debtor.
SELECT o.id, o.state, o.amount_minor + o.fee_minor - o.paid_minor AS rest_minor, o.paid_minor,
       CAST(COALESCE((SELECT SUM(i.amount_minor + i.fee_minor) FROM core_instalment i
                      JOIN ledger_posting p ON p.id = i.posting AND p.subject = o.id
                      WHERE i.obligation = o.id), 0) AS BIGINT) AS parts_minor,
       CAST(COALESCE((SELECT SUM(t.amount_minor) FROM ledger_posting p
                      JOIN ledger_transfer t ON t.posting = p.id
                      JOIN ledger_account a ON a.id = t.from_account AND a.party = o.debtor
                      WHERE p.subject = o.id), 0) AS BIGINT) AS posted_minor
FROM core_obligation o
WHERE o.id > :after
ORDER BY o.id LIMIT 200;

-- plans_audited(after plan_id) many plan_odd
-- Plans by id beside the sum of their obligations.
SELECT p.id, p.made, p.state, COUNT(o.id) AS number, CAST(COALESCE(SUM(o.amount_minor), 0) AS BIGINT) AS amount_minor,
       CAST(COALESCE(SUM(CASE WHEN o.closed = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS open
FROM (SELECT id, made, state FROM core_plan WHERE id > :after ORDER BY id LIMIT 100) AS p
LEFT JOIN core_obligation o ON o.plan = p.id
GROUP BY p.id, p.made, p.state
ORDER BY p.id LIMIT 100;
