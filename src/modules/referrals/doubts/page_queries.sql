-- doubt_part(partner referrals_partner_id, person party_id) one doubt_part_row
-- A person's part in a program.
SELECT p.person, p.program, g.title FROM referrals_partner p JOIN core_program g ON g.id = p.program
WHERE p.id = :partner AND p.person = :person;

-- doubt_of_part(doubt doubt_id, person party_id, program program_id) one doubt_hit
-- That a doubt is about somebody's part in a program.
SELECT id FROM referrals_doubt WHERE id = :doubt AND person = :person AND program = :program;

-- doubt_in_program(doubt doubt_id, program program_id, business party_id) one doubt_hit
-- That a doubt is about a program of a business.
SELECT d.id FROM referrals_doubt d JOIN core_program g ON g.id = d.program
WHERE d.id = :doubt AND d.program = :program AND g.business = :business;

-- doubt_program(program program_id, business party_id) one doubt_title_row
-- A program of a business.
SELECT g.id AS program, g.title FROM core_program g JOIN referrals_program r ON r.program = g.id
WHERE g.id = :program AND g.business = :business;

-- doubts_of_person(person party_id, program program_id, before integer, most integer) many doubt_page_row
-- What was held or rejected of a person's part, the newest first.
SELECT d.id, d.what, d.clicks, d.found, d.score, d.findings, d.state, d.said, d.answer, d.at,
       COALESCE(o.number, '') AS number, o.total_minor, o.total_currency, c.name, g.title AS program
FROM referrals_doubt d
JOIN core_party c ON c.id = d.person
JOIN core_program g ON g.id = d.program
LEFT JOIN core_verdict v ON v.id = d.subject
LEFT JOIN core_order o ON o.id = v.subject
WHERE d.person = :person AND d.program = :program AND d.id < :before
ORDER BY d.id DESC LIMIT :most;

-- doubts_waiting(program program_id, before integer, most integer) many doubt_page_row
-- What waits for its business, the newest first.
SELECT d.id, d.what, d.clicks, d.found, d.score, d.findings, d.state, d.said, d.answer, d.at,
       COALESCE(o.number, '') AS number, o.total_minor, o.total_currency, c.name, g.title AS program
FROM referrals_doubt d
JOIN core_party c ON c.id = d.person
JOIN core_program g ON g.id = d.program
LEFT JOIN core_verdict v ON v.id = d.subject
LEFT JOIN core_order o ON o.id = v.subject
WHERE d.program = :program AND d.state IN ('open', 'appealed') AND d.id < :before
ORDER BY d.id DESC LIMIT :most;

-- doubts_appealed(before integer, most integer) many doubt_page_row
-- Appeals of all programs, the newest first.
SELECT d.id, d.what, d.clicks, d.found, d.score, d.findings, d.state, d.said, d.answer, d.at,
       COALESCE(o.number, '') AS number, o.total_minor, o.total_currency, c.name, g.title AS program
FROM referrals_doubt d
JOIN core_party c ON c.id = d.person
JOIN core_program g ON g.id = d.program
LEFT JOIN core_verdict v ON v.id = d.subject
LEFT JOIN core_order o ON o.id = v.subject
WHERE d.state = 'appealed' AND d.id < :before
ORDER BY d.id DESC LIMIT :most;

-- doubt_clicks_of(doubt doubt_id) many doubt_click_row
-- The newest clicks of a doubt.
SELECT x.click, k.at, x.score, x.findings
FROM (SELECT click, score, findings FROM referrals_doubt_click WHERE doubt = :doubt ORDER BY click DESC LIMIT 10) x
JOIN referrals_click k ON k.id = x.click
ORDER BY x.click DESC;

-- doubt_scores(program program_id, what doubt_what, day integer, now integer, other integer) one doubt_sum_row
-- How many since a day reach one threshold and another.
SELECT CAST(COALESCE(sum(count), 0) AS BIGINT) AS judged,
       CAST(COALESCE(sum(CASE WHEN score >= :now THEN count ELSE 0 END), 0) AS BIGINT) AS now,
       CAST(COALESCE(sum(CASE WHEN score >= :other THEN count ELSE 0 END), 0) AS BIGINT) AS held
FROM referrals_score WHERE program = :program AND what = :what AND day >= :day;

-- doubt_terms_put(program program_id, hold_click integer, hold_claim integer) nothing
-- Sets a program's own thresholds.
UPDATE referrals_program SET hold_click = :hold_click, hold_claim = :hold_claim WHERE program = :program;

-- doubt_appeals_of(business party_id, most integer) many doubt_waiting_row
-- Programs of a business in which appeals wait.
SELECT g.id AS program, g.title,
       (SELECT count(*) FROM (SELECT 1 AS one FROM referrals_doubt d WHERE d.program = g.id
                                AND d.state IN ('open', 'appealed') AND d.state = 'appealed' LIMIT 100) n) AS appeals
FROM core_program g
WHERE g.business = :business AND g.module = 'referrals'
  AND EXISTS (SELECT 1 FROM referrals_doubt d WHERE d.program = g.id AND d.state IN ('open', 'appealed')
                AND d.state = 'appealed')
ORDER BY g.id DESC LIMIT :most;

-- doubt_told(doubt doubt_id) one doubt_told_row
-- What a mail about a doubt says.
SELECT d.person, d.partner, d.program, g.business, g.title, c.name, d.what, d.found, d.findings, d.said, d.answer, d.at
FROM referrals_doubt d
JOIN core_program g ON g.id = d.program
JOIN core_party c ON c.id = d.person
WHERE d.id = :doubt;

-- doubt_language_of(person party_id) one doubt_language_row
-- In which language somebody gets mail.
SELECT language FROM core_login WHERE person = :person;
