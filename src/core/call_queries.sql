-- call_insert takes call_row nothing
-- Writes a new call.
INSERT INTO core_call (id, flow, state, organisation, title, body, at, until)
VALUES (:id, :flow, :state, :organisation, :title, :body, :at, :until);

-- call_by_id(id call_id) one call_row
-- One call.
SELECT id, flow, state, organisation, title, body, at, until FROM core_call WHERE id = :id;

-- call_move(id call_id, from_state text, to_state text) one call_hit
-- Moves a call on from a state; no row means it is in another.
UPDATE core_call SET state = :to_state
WHERE id = :id AND state = :from_state
RETURNING id;
