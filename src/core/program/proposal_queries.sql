-- proposal_insert takes proposal_row nothing
-- Proposes rules, in place of what was proposed before.
INSERT INTO core_proposal (program, id, version, rules, person, at, looked, changed, counted, fault)
VALUES (:program, :id, :version, :rules, :person, :at, :looked, :changed, :counted, :fault)
ON CONFLICT (program) DO UPDATE SET id = excluded.id, version = excluded.version, rules = excluded.rules,
    person = excluded.person, at = excluded.at, looked = excluded.looked, changed = excluded.changed,
    counted = excluded.counted, fault = excluded.fault;

-- proposal_find(program program_id) one proposal_row
-- What is proposed for a program.
SELECT program, id, version, rules, person, at, looked, changed, counted, fault FROM core_proposal
WHERE program = :program;

-- proposal_step takes proposal_progress one proposal_hit
-- Says how far it is counted, unless another one took its place.
UPDATE core_proposal SET looked = :looked, changed = :changed, counted = :counted, fault = :fault
WHERE program = :program AND id = :id RETURNING id;

-- proposal_delete(program program_id) nothing
-- Takes it away.
DELETE FROM core_proposal WHERE program = :program;

-- proposal_sum_insert takes proposal_sum_row nothing
-- Keeps a line of what it comes to.
INSERT INTO core_proposal_sum (program, proposal, place, party, currency, credit, before_minor, after_minor)
VALUES (:program, :proposal, :place, :party, :currency, :credit, :before_minor, :after_minor);

-- proposal_sums_clear(program program_id, but proposal_id, most integer) many proposal_hit
-- Takes away some lines of what was proposed before.
DELETE FROM core_proposal_sum WHERE (program, proposal, place) IN (
    SELECT program, proposal, place FROM core_proposal_sum WHERE program = :program AND proposal <> :but LIMIT :most)
RETURNING proposal AS id;

-- proposal_sums(program program_id, proposal proposal_id, after integer, before integer, most integer) many proposal_sum
-- Lines of what it comes to, of places between.
SELECT s.place, s.party, COALESCE(p.name, '') AS name, s.currency, s.credit, s.before_minor, s.after_minor
FROM core_proposal_sum s LEFT JOIN core_party p ON p.id = s.party
WHERE s.program = :program AND s.proposal = :proposal AND s.place > :after AND s.place < :before
ORDER BY s.place LIMIT :most;

-- replay_verdicts(program program_id, after verdict_id, most integer) many replay_verdict
-- What was judged, in the order in which it came.
SELECT id, party, state, reason, facts FROM core_verdict
WHERE program = :program AND id > :after ORDER BY id LIMIT :most;
