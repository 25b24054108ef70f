-- right_turn(subject integer) nothing
-- Takes the subject's turn, so that two grants come one after another on either engine.
INSERT INTO core_right_turn (subject, turn) VALUES (:subject, 1)
ON CONFLICT (subject) DO UPDATE SET turn = core_right_turn.turn + 1;

-- rights_from(subject integer, begins instant) many right
-- What runs over a subject at a moment or begins after it, newest first.
SELECT id, kind, grantor, holder, subject, scope, territory, exclusive, begins, ends, deal
FROM core_right
WHERE subject = :subject AND (ends IS NULL OR ends > :begins)
ORDER BY id DESC LIMIT 1000;

-- right_insert takes right nothing
-- Writes a right that passed.
INSERT INTO core_right (id, kind, grantor, holder, subject, scope, territory, exclusive, begins, ends, deal)
VALUES (:id, :kind, :grantor, :holder, :subject, :scope, :territory, :exclusive, :begins, :ends, :deal);

-- right_set_end(right right_id, at instant) one right_hit
-- Ends a right; no row: there is none that runs.
UPDATE core_right SET ends = :at WHERE id = :right AND (ends IS NULL OR ends > :at) RETURNING id;
