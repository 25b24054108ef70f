-- flow core_program(state, moved)

-- program_insert takes program_row nothing
-- Keeps a new program.
INSERT INTO core_program (id, business, module, state, title, about, currency, version, empty, budget_minor, given_minor,
    since, until, at, moved)
VALUES (:id, :business, :module, :state, :title, :about, :currency, :version, :empty, :budget_minor, :given_minor,
    :since, :until, :at, :moved);

-- program_by_id(id program_id) one program_row
-- A program as it stands.
SELECT id, business, module, state, title, about, currency, version, empty, budget_minor, given_minor, since, until, at, moved
FROM core_program WHERE id = :id;

-- program_steps(id program_id, at instant) one program_step
-- In which state a program was at a moment.
SELECT to_state AS state FROM core_history WHERE subject = :id AND at <= :at ORDER BY id DESC LIMIT 1;

-- program_holds(program program_id) one verdict_hit
-- Something that somebody has to look at.
SELECT id FROM core_verdict WHERE program = :program AND state = 'held' LIMIT 1;

-- program_version(id program_id, version integer) one program_hit
-- Puts the next version of its rules in force, unless somebody else did.
UPDATE core_program SET version = :version WHERE id = :id AND version = :version - 1 RETURNING id;

-- program_rules_insert takes program_rules_row nothing
-- Keeps a version of rules.
INSERT INTO core_program_rules (program, version, rules, person, at) VALUES (:program, :version, :rules, :person, :at);

-- program_rules_find(program program_id, version integer) one program_rules_row
-- A version of rules.
SELECT program, version, rules, person, at FROM core_program_rules WHERE program = :program AND version = :version;

-- program_versions(program program_id, since instant) many program_rules_row
-- The rules in force at a moment, and those that came after; of a program that had none yet, all.
SELECT program, version, rules, person, at FROM core_program_rules
WHERE program = :program AND version >= COALESCE((SELECT max(o.version) FROM core_program_rules o
                                                  WHERE o.program = :program AND o.at <= :since), 1)
ORDER BY version LIMIT 100;

-- program_budget(id program_id, minor integer) one program_hit
-- Adds to a budget, or takes away what is not given yet.
UPDATE core_program SET budget_minor = budget_minor + :minor
WHERE id = :id AND budget_minor + :minor >= given_minor RETURNING id;

-- program_give(id program_id, minor integer) one program_hit
-- Counts what is given; not more than was set aside.
UPDATE core_program SET given_minor = given_minor + :minor
WHERE id = :id AND given_minor + :minor <= budget_minor RETURNING id;

-- program_used_of(program program_id, rule text, begun instant, party party_id) one program_used_row
-- What a rule has given in a period.
SELECT program, rule, begun, party, minor FROM core_program_used
WHERE program = :program AND rule = :rule AND begun = :begun AND party = :party;

-- program_use takes program_used_row nothing
-- Adds to that, or takes away from it.
INSERT INTO core_program_used (program, rule, begun, party, minor) VALUES (:program, :rule, :begun, :party, :minor)
ON CONFLICT (program, rule, begun, party) DO UPDATE SET minor = core_program_used.minor + excluded.minor;

-- verdict_insert takes verdict_row nothing
-- Keeps a verdict.
INSERT INTO core_verdict (id, program, version, party, subject, state, reason, facts, at, moved)
VALUES (:id, :program, :version, :party, :subject, :state, :reason, :facts, :at, :at);

-- verdict_by_id(id verdict_id) one verdict_row
-- A verdict as it stands.
SELECT id, program, version, party, subject, state, reason, facts, at FROM core_verdict WHERE id = :id;

-- verdict_about(program program_id, subject integer, party party_id) one verdict_row
-- What was found about an event for somebody.
SELECT id, program, version, party, subject, state, reason, facts, at FROM core_verdict
WHERE program = :program AND subject = :subject AND party = :party;

-- verdicts_about(program program_id, subject integer) many verdict_row
-- What was found about an event.
SELECT id, program, version, party, subject, state, reason, facts, at FROM core_verdict
WHERE program = :program AND subject = :subject ORDER BY party LIMIT 100;

-- verdict_move takes verdict_change nothing
-- A verdict moves on.
UPDATE core_verdict SET state = :state, reason = :reason, moved = :at WHERE id = :id;

-- verdict_set_facts(id verdict_id, facts text) nothing
-- Its event was told anew.
UPDATE core_verdict SET facts = :facts WHERE id = :id;

-- verdicts_unhear(program program_id, subject integer, also text) many verdict_hit
-- Takes out what was found about an event, when all of it was that it comes to too little.
DELETE FROM core_verdict WHERE program = :program AND subject = :subject
  AND NOT EXISTS (SELECT 1 FROM core_verdict o WHERE o.program = :program AND o.subject = :subject
                    AND (o.state <> 'rejected'
                         OR o.reason NOT IN ('program.why.no_rule', 'program.why.nothing', :also)
                         OR EXISTS (SELECT 1 FROM core_award w WHERE w.verdict = o.id)))
RETURNING id;

-- verdict_is_bare(id verdict_id) nothing
-- It counts, and whoever brought it gets nothing for it.
UPDATE core_verdict SET bare = 1 WHERE id = :id;

-- verdict_is_gone takes verdict_gone nothing
-- Keeps what of its event came to nothing.
UPDATE core_verdict SET gone_minor = :minor, gone_of = :of WHERE id = :id;

-- verdict_gone_of(id verdict_id) one verdict_gone
-- What of its event came to nothing so far.
SELECT id, gone_minor AS minor, gone_of AS of FROM core_verdict WHERE id = :id;

-- verdict_waits_first(program program_id) one verdict_hit
-- What has waited longest for money of a program.
SELECT id FROM core_verdict WHERE program = :program AND state = 'waiting' ORDER BY id LIMIT 1;

-- verdict_chain_insert takes verdict_chain_row nothing
-- Keeps who stands where, until it is decided.
INSERT INTO core_verdict_chain (verdict, level, party) VALUES (:verdict, :level, :party);

-- verdict_chain_of(verdict verdict_id) many verdict_chain_row
-- Who stood where, from level one on.
SELECT verdict, level, party FROM core_verdict_chain WHERE verdict = :verdict ORDER BY level LIMIT 10;

-- verdict_chain_forget(verdict verdict_id) nothing
-- It is decided: its awards say who.
DELETE FROM core_verdict_chain WHERE verdict = :verdict;

-- award_insert takes award_row nothing
-- Keeps what somebody got.
INSERT INTO core_award (id, verdict, program, party, level, rule, sum_minor, sum_currency, credit, back_minor, posting,
    hold, due, at, late)
VALUES (:id, :verdict, :program, :party, :level, :rule, :sum_minor, :sum_currency, :credit, :back_minor, :posting,
    :hold, :due, :at, :late);

-- awards_by(verdict verdict_id) many award_row
-- What was given by a verdict, level by level.
SELECT id, verdict, program, party, level, rule, sum_minor, sum_currency, credit, back_minor, posting, hold, due, at, late
FROM core_award WHERE verdict = :verdict ORDER BY posting, level LIMIT 200;

-- awards_forget(verdict verdict_id) nothing
-- Takes out what was given and is taken back, to be given anew.
DELETE FROM core_award WHERE verdict = :verdict;

-- award_take_back takes award_change nothing
-- Counts what was taken back of an award.
UPDATE core_award SET back_minor = :back_minor, hold = :hold WHERE id = :id;

-- awards_back(posting posting_id) many award_back
-- What was taken back of a reward, from whom.
SELECT g.party, CAST(SUM(c.amount_minor) AS BIGINT) AS minor
FROM ledger_transfer t
JOIN ledger_account g ON g.id = t.to_account
JOIN ledger_transfer c ON c.corrects = t.id
WHERE t.posting = :posting AND g.purpose IN ('earnings', 'rewards')
GROUP BY g.party;

-- program_audit_budgets(after integer) many program_audit_row
-- Budget accounts beside what their owners' programs may still give.
SELECT a.id AS account, a.balance_minor,
       CAST(COALESCE((SELECT SUM(p.budget_minor - p.given_minor) FROM core_program p
                      WHERE p.business = a.party AND p.currency = a.currency), 0) AS BIGINT) AS left_minor
FROM ledger_account a WHERE a.purpose = 'budget' AND a.id > :after ORDER BY a.id LIMIT 100;

-- program_audit_given(after integer) many program_given_row
-- Programs beside the money of their awards.
SELECT p.id, p.given_minor,
       CAST(COALESCE((SELECT SUM(w.sum_minor - w.back_minor) FROM core_award w
                      WHERE w.program = p.id AND w.sum_currency = p.currency AND w.credit = 0), 0) AS BIGINT) AS awarded_minor
FROM core_program p WHERE p.id > :after ORDER BY p.id LIMIT 20;

-- program_all_begun(business party_id, module text, since instant) many program_row
-- Those of a business that were ever opened, but for those that ended before a moment, newest first.
SELECT id, business, module, state, title, about, currency, version, empty, budget_minor, given_minor, since, until, at,
       moved
FROM core_program WHERE business = :business AND module = :module AND state <> 'draft'
  AND (state <> 'ended' OR moved >= :since)
ORDER BY id DESC;

-- program_sum_add takes program_sum_row nothing
-- Adds to what somebody got by a program.
INSERT INTO core_program_sum (program, party, currency, given_minor, back_minor, credit_minor, credit_back_minor)
VALUES (:program, :party, :currency, :given_minor, :back_minor, :credit_minor, :credit_back_minor)
ON CONFLICT (program, party, currency) DO UPDATE SET given_minor = core_program_sum.given_minor + excluded.given_minor,
    back_minor = core_program_sum.back_minor + excluded.back_minor,
    credit_minor = core_program_sum.credit_minor + excluded.credit_minor,
    credit_back_minor = core_program_sum.credit_back_minor + excluded.credit_back_minor;

-- gift_insert takes gift_row nothing
-- Keeps what waits for a customer.
INSERT INTO core_gift (id, verdict, program, business, subject, mail, rule, sum_minor, sum_currency, back_minor, state, at, moved)
VALUES (:id, :verdict, :program, :business, :subject, :mail, :rule, :sum_minor, :sum_currency, :back_minor, :state, :at, :at);

-- gifts_by(verdict verdict_id) many gift_row
-- What waits by a verdict.
SELECT id, verdict, program, business, subject, mail, rule, sum_minor, sum_currency, back_minor, state, at
FROM core_gift WHERE verdict = :verdict AND state = 'waiting' ORDER BY id LIMIT 20;

-- gifts_for(mail text) many gift_row
-- What waits for a mail address, the oldest first.
SELECT id, verdict, program, business, subject, mail, rule, sum_minor, sum_currency, back_minor, state, at
FROM core_gift WHERE mail = :mail AND state = 'waiting' ORDER BY id LIMIT 100;

-- gifts_shown(mail text) many program_gift_shown
-- What waits for a mail address, with who gives it.
SELECT g.id AS gift, b.name AS business, p.title AS program, g.sum_minor - g.back_minor AS left_minor,
       g.sum_currency AS left_currency, g.at
FROM core_gift g JOIN core_party b ON b.id = g.business JOIN core_program p ON p.id = g.program
WHERE g.mail = :mail AND g.state = 'waiting' ORDER BY g.id LIMIT 100;

-- gift_move takes gift_change nothing
-- It moves on.
UPDATE core_gift SET back_minor = :back_minor, state = :state, moved = :at WHERE id = :id;

-- award_audit_units(after award_id) many award_audit_row
-- Points, tickets and credit of awards beside the books.
SELECT w.id, w.sum_minor - w.back_minor AS minor,
       CAST(COALESCE((SELECT SUM(t.amount_minor) FROM ledger_transfer t WHERE t.posting = w.posting), 0)
            - COALESCE((SELECT SUM(c.amount_minor) FROM ledger_transfer t JOIN ledger_transfer c ON c.corrects = t.id
                        WHERE t.posting = w.posting), 0) AS BIGINT) AS booked_minor
FROM core_award w
WHERE w.id > :after AND (w.credit = 1 OR w.sum_currency IN ('ZZP', 'ZZT')) ORDER BY w.id LIMIT 100;

-- access_insert takes access_row nothing
-- Keeps early access.
INSERT INTO core_access (id, verdict, program, business, party, mail, rule, name, begins, ends, withdrawn, at)
VALUES (:id, :verdict, :program, :business, :party, :mail, :rule, :name, :begins, :ends, 0, :at);

-- access_withdraw(verdict verdict_id, at instant) nothing
-- What brought it was given back.
UPDATE core_access SET withdrawn = :at WHERE verdict = :verdict AND withdrawn = 0;

-- access_find(business party_id, party party_id, mail text, name text, at instant) one access_shown
-- Somebody's access to what a business calls so: one that is open before all that are not.
SELECT b.name AS business, p.title AS program, a.name, a.begins, a.ends
FROM (SELECT id, program, name, begins, ends, withdrawn, business FROM core_access WHERE party = :party AND party > 0
      UNION
      SELECT id, program, name, begins, ends, withdrawn, business FROM core_access WHERE mail = :mail AND mail <> '') a
JOIN core_party b ON b.id = a.business JOIN core_program p ON p.id = a.program
WHERE a.business = :business AND a.name = :name AND a.withdrawn = 0 AND a.ends > :at
ORDER BY CASE WHEN a.begins <= :at THEN 0 ELSE a.begins END, a.ends DESC LIMIT 1;

-- accesses_of(party party_id, mail text, at instant) many access_shown
-- Early access of somebody, each once, the newest first.
SELECT b.name AS business, p.title AS program, a.name, a.begins, a.ends
FROM (SELECT MAX(id) AS id, program, business, name, MIN(begins) AS begins, ends
      FROM (SELECT id, program, business, name, begins, ends, withdrawn FROM core_access
            WHERE party = :party AND party > 0
            UNION
            SELECT id, program, business, name, begins, ends, withdrawn FROM core_access
            WHERE mail = :mail AND mail <> '') either
      WHERE withdrawn = 0 AND ends > :at
      GROUP BY program, business, name, ends) a
JOIN core_party b ON b.id = a.business JOIN core_program p ON p.id = a.program
ORDER BY a.id DESC LIMIT 50;
