-- job_insert takes job_row nothing
-- Enqueues a job, unless the same waits already.
INSERT INTO core_job (id, lane, kind, subject, note, state, due, tries, problem)
SELECT :id, :lane, :kind, :subject, :note, :state, :due, :tries, :problem
WHERE NOT EXISTS (SELECT 1 FROM core_job
                  WHERE subject = :subject AND kind = :kind AND state = 'waiting' AND note = :note);

-- jobs_due(lane job_lane, at instant, most integer) many job_row
-- What a lane could run now, first due first.
SELECT id, lane, kind, subject, note, state, due, tries, problem FROM core_job
WHERE lane = :lane AND state = 'waiting' AND due <= :at
ORDER BY due, id LIMIT :most;

-- job_claim(id job_id, due instant, lease instant, tries integer) one job_hit
-- Takes a job for one run: it becomes due again when the lease ends, should this process die. No row
-- means that somebody else has it.
UPDATE core_job SET due = :lease, tries = :tries
WHERE id = :id AND state = 'waiting' AND due = :due
RETURNING id;

-- job_again(id job_id, due instant, problem text) nothing
-- Will be tried again.
UPDATE core_job SET due = :due, problem = :problem WHERE id = :id;

-- job_end(id job_id, state job_state, problem text) nothing
-- Done, or failed for good.
UPDATE core_job SET state = :state, problem = :problem WHERE id = :id;
