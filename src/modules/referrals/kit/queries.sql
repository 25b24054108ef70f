-- kit_insert takes kit_item_row nothing
-- Adds a thing.
INSERT INTO referrals_kit (id, program, kind, language, title, body, media, copy, format, problem, place, at)
VALUES (:id, :program, :kind, :language, :title, :body, :media, :copy, :format, :problem, :place, :at);

-- kit_of(program program_id, most integer) many kit_item_row
-- The things of a program in their order.
SELECT id, program, kind, language, title, body, media, copy, format, problem, place, at
FROM referrals_kit WHERE program = :program ORDER BY place LIMIT :most;

-- kit_by_id(id kit_item_id) one kit_item_row
-- One thing.
SELECT id, program, kind, language, title, body, media, copy, format, problem, place, at
FROM referrals_kit WHERE id = :id;

-- kit_one(id kit_item_id, business party_id) one kit_item_row
-- One thing, when the program is the business's.
SELECT k.id, k.program, k.kind, k.language, k.title, k.body, k.media, k.copy, k.format, k.problem, k.place, k.at
FROM referrals_kit k JOIN core_program g ON g.id = k.program
WHERE k.id = :id AND g.business = :business;

-- kit_lent(id kit_item_id, partner referrals_partner_id, person party_id) one kit_item_row
-- One thing as lent to a partner who takes part.
SELECT k.id, k.program, k.kind, k.language, k.title, k.body, k.media, k.copy, k.format, k.problem, k.place, k.at
FROM referrals_kit k JOIN referrals_partner p ON p.program = k.program
WHERE k.id = :id AND p.id = :partner AND p.person = :person AND p.state IN ('active', 'paused');

-- kit_ends_of(program program_id) one kit_ends
-- How many there are, and where the last one stands.
SELECT count(*) AS count, COALESCE(max(place), 0) AS last FROM referrals_kit WHERE program = :program;

-- kit_change takes kit_words one kit_hit
-- Changes what words say.
UPDATE referrals_kit SET language = :language, title = :title, body = :body WHERE id = :id RETURNING id;

-- kit_remove(id kit_item_id) one kit_hit
-- Takes a thing away.
DELETE FROM referrals_kit WHERE id = :id RETURNING id;

-- kit_before(program program_id, place integer) one kit_item_row
-- The thing before a place.
SELECT id, program, kind, language, title, body, media, copy, format, problem, place, at
FROM referrals_kit WHERE program = :program AND place < :place ORDER BY place DESC LIMIT 1;

-- kit_stand(id kit_item_id, place integer) one kit_hit
-- Puts a thing somewhere else.
UPDATE referrals_kit SET place = :place WHERE id = :id RETURNING id;

-- kit_look_end takes kit_looked nothing
-- Notes what became of a picture; one that was taken away meanwhile stays away.
UPDATE referrals_kit SET media = :media, copy = :copy, format = :format, problem = :problem WHERE id = :id;
