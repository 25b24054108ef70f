-- desk_people(before party_id) many desk_person_row
-- All parties, newest first.
SELECT p.id, p.kind, p.name, p.place, COALESCE(l.mail, '') AS mail, COALESCE(l.operator, 0) AS operator,
       p.joined, p.suspended
FROM core_party p LEFT JOIN core_login l ON l.person = p.id
WHERE p.id < :before
ORDER BY p.id DESC LIMIT 51;

-- desk_people_like(low text, high text, before party_id) many desk_person_row
-- Parties whose name or address begins in a certain way, newest first.
SELECT p.id, p.kind, p.name, p.place, COALESCE(l.mail, '') AS mail, COALESCE(l.operator, 0) AS operator,
       p.joined, p.suspended
FROM core_party p LEFT JOIN core_login l ON l.person = p.id
WHERE p.id IN (SELECT n.id FROM core_party n WHERE n.folded >= :low AND n.folded < :high AND n.id < :before
               UNION
               SELECT a.person FROM core_login a WHERE a.mail >= :low AND a.mail < :high AND a.person < :before)
ORDER BY p.id DESC LIMIT 51;

-- jobs_failed(before job_id) many job_row
-- Jobs that were given up, newest first.
SELECT id, lane, kind, subject, note, state, due, tries, problem FROM core_job
WHERE state = 'failed' AND id < :before
ORDER BY id DESC LIMIT 51;

-- job_revive(id job_id, due instant) one job_hit
-- A job that was given up waits again.
UPDATE core_job SET state = 'waiting', due = :due, tries = 0
WHERE id = :id AND state = 'failed'
RETURNING id;

-- events_failed() many event_failed_row
-- Events that were set aside.
SELECT f.consumer, f.event, e.name, f.problem, f.at
FROM core_event_failed f JOIN core_event e ON e.id = f.event
ORDER BY f.consumer, f.event LIMIT 100;

-- event_by_id(id event_id) one event
-- One event.
SELECT id, turn, name, subject, party, note, at FROM core_event WHERE id = :id;

-- event_failed_end(consumer text, event event_id) one event_failed_hit
-- A set-aside event is taken care of.
DELETE FROM core_event_failed WHERE consumer = :consumer AND event = :event RETURNING event;

-- failed_count() one failed_counts
-- How much waits for somebody to look at.
SELECT (SELECT count(*) FROM (SELECT j.id FROM core_job j WHERE j.state = 'failed' LIMIT 100) AS given_up) AS jobs,
       (SELECT count(*) FROM (SELECT f.event FROM core_event_failed f LIMIT 100) AS aside) AS events;
