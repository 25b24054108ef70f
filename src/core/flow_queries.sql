-- flow_history_insert takes flow_history_new nothing
-- Writes a step of a history.
INSERT INTO core_history (id, flow, subject, event, from_state, to_state, actor, note, price_minor, price_currency, at)
VALUES (:id, :flow, :subject, :event, :from_state, :to_state, :actor, :note, :price_minor, :price_currency, :at);

-- flow_history(subject integer) many flow_step
-- All steps of a subject, oldest first.
SELECT h.event, h.from_state, h.to_state, h.actor, COALESCE(p.name, '') AS actor_name, h.note,
       h.price_minor, h.price_currency, h.at
FROM core_history h LEFT JOIN core_party p ON p.id = h.actor
WHERE h.subject = :subject
ORDER BY h.id LIMIT 500;

-- flow_timers_clear(flow text, subject integer) nothing
-- The time limits of the state that was left.
DELETE FROM core_timer WHERE subject = :subject AND flow = :flow;

-- flow_timer_set takes flow_timer_row nothing
-- A time limit of the state that was reached.
INSERT INTO core_timer (subject, flow, event, due) VALUES (:subject, :flow, :event, :due);

-- flow_timer_done(flow text, subject integer, event text) one flow_timer_hit
-- A time limit that fired; no row when another process was faster.
DELETE FROM core_timer WHERE subject = :subject AND flow = :flow AND event = :event RETURNING subject;

-- flow_timers_due(at instant) many flow_timer_row
-- Time limits that ran out, first due first.
SELECT subject, flow, event, due FROM core_timer WHERE due <= :at ORDER BY due LIMIT 100;
