-- flow referrals_post(state, moved)

-- post_terms_of(program program_id) one post_terms_row
-- How a program takes posts; no row: it takes none.
SELECT program, taken, words FROM referrals_post_terms WHERE program = :program;

-- post_terms_set takes post_terms_row nothing
-- Says how a program takes posts.
INSERT INTO referrals_post_terms (program, taken, words) VALUES (:program, :taken, :words)
ON CONFLICT (program) DO UPDATE SET taken = excluded.taken, words = excluded.words;

-- post_part(partner referrals_partner_id, person party_id) one post_part_row
-- A person's part in a program, and how that takes posts.
SELECT p.program, g.title, r.hosts, g.state AS program_state, p.state, COALESCE(t.taken, 0) AS taken,
       COALESCE(t.words, '') AS words
FROM referrals_partner p
JOIN core_program g ON g.id = p.program
JOIN referrals_program r ON r.program = p.program
LEFT JOIN referrals_post_terms t ON t.program = p.program
WHERE p.id = :partner AND p.person = :person;

-- post_count_since(partner referrals_partner_id, after integer) one post_number
-- How many posts a partner handed in after one.
SELECT count(*) AS number FROM referrals_post WHERE partner = :partner AND id >= :after;

-- post_standing(program program_id, address text, page text) one post_hit
-- A post on a page that can't be handed in again.
SELECT id FROM referrals_post
WHERE program = :program AND address = :address AND state IN ('handed_in', 'accepted', 'paid', 'rejected', 'appealed')
UNION ALL
SELECT id FROM referrals_post
WHERE program = :program AND page = :page AND state IN ('handed_in', 'accepted', 'paid', 'rejected', 'appealed') LIMIT 1;

-- post_insert takes post_row one post_hit
-- Keeps what was handed in; no row: somebody was faster with the same address.
INSERT INTO referrals_post (id, program, partner, person, state, moved, address, page, found, why, said, appeal,
    tries, looked, due, verdict, at)
VALUES (:id, :program, :partner, :person, :state, :at, :address, :page, :found, :why, :said,
    :appeal, :tries, :looked, :due, :verdict, :at)
ON CONFLICT DO NOTHING RETURNING id;

-- post_by_id(id post_id) one post_row
-- A post.
SELECT id, program, partner, person, state, address, page, found, why, said, appeal, tries, looked, due, verdict, at
FROM referrals_post WHERE id = :id;

-- post_same_page(program program_id, page text, id post_id) one post_hit
-- Another post that led to the same page, and stands.
SELECT id FROM referrals_post
WHERE program = :program AND page = :page AND id <> :id AND state IN ('accepted', 'paid', 'rejected', 'appealed')
ORDER BY id LIMIT 1;

-- post_codes(partner referrals_partner_id) many post_code_row
-- The codes of a partner's links that count.
SELECT spelling AS code FROM referrals_link WHERE partner = :partner AND state = 'live' ORDER BY id DESC LIMIT 1000;

-- post_looked takes post_looked_row one post_hit
-- Keeps what a look found.
UPDATE referrals_post SET page = :page, found = :found, why = :why, tries = :tries, looked = :looked, due = :due,
       verdict = :verdict
WHERE id = :id RETURNING id;

-- post_say(id post_id, said text) one post_hit
-- Keeps why the business does not want it; nobody looks at it any more.
UPDATE referrals_post SET said = :said, due = 0 WHERE id = :id RETURNING id;

-- post_disagree(id post_id, appeal text) one post_hit
-- Keeps why it should be paid.
UPDATE referrals_post SET appeal = :appeal WHERE id = :id RETURNING id;

-- post_answer(id post_id, answer text) one post_hit
-- Keeps what was answered to that.
UPDATE referrals_post SET answer = :answer WHERE id = :id RETURNING id;

-- post_of_partner(id post_id, partner referrals_partner_id, person party_id) one post_hit
-- That a post is one of somebody's part in a program.
SELECT id FROM referrals_post WHERE id = :id AND partner = :partner AND person = :person;

-- post_free(verdict verdict_id) one post_free_row
-- When all is free that a verdict gave; 0: it gave nothing yet.
SELECT COALESCE(max(due), 0) AS free FROM core_award WHERE verdict = :verdict;

-- post_of_business(id post_id, program program_id, business party_id) one post_hit
-- That a post is one of a program of a business.
SELECT p.id FROM referrals_post p JOIN core_program g ON g.id = p.program
WHERE p.id = :id AND p.program = :program AND g.business = :business;

-- posts_of_partner(partner referrals_partner_id, before integer, most integer) many post_shown_row
-- A partner's posts, newest first.
SELECT p.id, p.partner, g.title, c.name, p.state, p.address, p.found, p.why, p.said, p.appeal, p.answer, p.looked, p.due, p.at,
       CASE WHEN a.sum_minor - a.back_minor > 0 THEN a.sum_minor - a.back_minor END AS sum_minor,
       CASE WHEN a.sum_minor - a.back_minor > 0 THEN a.sum_currency END AS sum_currency, COALESCE(a.due, 0) AS free
FROM referrals_post p
JOIN core_program g ON g.id = p.program
JOIN core_party c ON c.id = p.person
LEFT JOIN core_award a ON a.verdict = p.verdict AND a.level = 1 AND p.verdict > 0
WHERE p.partner = :partner AND p.id < :before
ORDER BY p.id DESC LIMIT :most;

-- posts_of_program(program program_id, before integer, most integer) many post_shown_row
-- A program's posts, newest first.
SELECT p.id, p.partner, g.title, c.name, p.state, p.address, p.found, p.why, p.said, p.appeal, p.answer, p.looked, p.due, p.at,
       CASE WHEN a.sum_minor - a.back_minor > 0 THEN a.sum_minor - a.back_minor END AS sum_minor,
       CASE WHEN a.sum_minor - a.back_minor > 0 THEN a.sum_currency END AS sum_currency, COALESCE(a.due, 0) AS free
FROM referrals_post p
JOIN core_program g ON g.id = p.program
JOIN core_party c ON c.id = p.person
LEFT JOIN core_award a ON a.verdict = p.verdict AND a.level = 1 AND p.verdict > 0
WHERE p.program = :program AND p.id < :before
ORDER BY p.id DESC LIMIT :most;

-- posts_appealed(before integer, most integer) many post_shown_row
-- Posts of all programs about which somebody disagrees, newest first.
SELECT p.id, p.partner, g.title, c.name, p.state, p.address, p.found, p.why, p.said, p.appeal, p.answer, p.looked, p.due, p.at,
       CASE WHEN a.sum_minor - a.back_minor > 0 THEN a.sum_minor - a.back_minor END AS sum_minor,
       CASE WHEN a.sum_minor - a.back_minor > 0 THEN a.sum_currency END AS sum_currency, COALESCE(a.due, 0) AS free
FROM referrals_post p
JOIN core_program g ON g.id = p.program
JOIN core_party c ON c.id = p.person
LEFT JOIN core_award a ON a.verdict = p.verdict AND a.level = 1 AND p.verdict > 0
WHERE p.state = 'appealed' AND p.id < :before
ORDER BY p.id DESC LIMIT :most;

-- post_told(id post_id) one post_told_row
-- What a mail about a post says.
SELECT p.program, g.business, p.person, c.name, p.partner, g.title, p.address, p.found, p.said, p.appeal, p.answer
FROM referrals_post p JOIN core_program g ON g.id = p.program JOIN core_party c ON c.id = p.person WHERE p.id = :id;

-- post_language_of(person party_id) one post_language_row
-- In which language somebody gets mail.
SELECT language FROM core_login WHERE person = :person;

-- posts_to_audit(after integer, most integer) many post_audit_row
-- Posts with what their verdicts gave.
SELECT p.id, p.state, COALESCE(v.state, '') AS verdict_state, COALESCE(v.subject, 0) AS subject,
       CAST(COALESCE((SELECT sum(a.sum_minor - a.back_minor) FROM core_award a
                      WHERE p.verdict > 0 AND a.verdict = p.verdict), 0) AS BIGINT) AS left_minor,
       CASE WHEN EXISTS (SELECT 1 FROM referrals_post_fee f WHERE f.partner = p.partner AND f.post = p.id)
            THEN 1 ELSE 0 END AS fee
FROM referrals_post p LEFT JOIN core_verdict v ON v.id = p.verdict
WHERE p.id > :after ORDER BY p.id LIMIT :most;
