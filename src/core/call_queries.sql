-- call_insert takes call_row nothing
-- Writes a new call.
INSERT INTO core_call (id, flow, state, organisation, title, body, at, until)
VALUES (:id, :flow, :state, :organisation, :title, :body, :at, :until);

-- call_by_id(id call_id) one call_row
-- One call.
SELECT id, flow, state, organisation, title, body, at, until FROM core_call WHERE id = :id;

-- flow core_call(state, flow)
