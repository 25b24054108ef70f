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

-- job_claim(lane job_lane, at instant, lease instant) one job_row
-- Takes the first job that is due for one run: it becomes due again when the lease ends, should this process
-- die. Processes that ask at the same moment get different ones.
-- on sqlite
UPDATE core_job SET due = :lease, tries = tries + 1
WHERE id = (SELECT id FROM core_job WHERE lane = :lane AND state = 'waiting' AND due <= :at
            ORDER BY due, id LIMIT 1)
RETURNING id, lane, kind, subject, note, state, due, tries, problem;
-- on postgresql
UPDATE core_job SET due = :lease, tries = tries + 1
WHERE id = (SELECT id FROM core_job WHERE lane = :lane AND state = 'waiting' AND due <= :at
            ORDER BY due, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, lane, kind, subject, note, state, due, tries, problem;

-- job_again(id job_id, due instant, problem text) nothing
-- Will be tried again.
UPDATE core_job SET due = :due, problem = :problem WHERE id = :id;

-- job_end(id job_id, state job_state, problem text) nothing
-- Done, or failed for good.
UPDATE core_job SET state = :state, problem = :problem WHERE id = :id;
