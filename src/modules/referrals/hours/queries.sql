-- hours_programs(after integer, hour integer, most integer) many hours_program_row
-- Programs of which hours before that one are not all counted.
SELECT g.id AS program, COALESCE(c.hour, g.at / 3600000) AS hour, r.unique_clicks,
       COALESCE(c.until, 0) AS until, COALESCE(c.link, 0) AS link
FROM referrals_program r
JOIN core_program g ON g.id = r.program
LEFT JOIN referrals_closed c ON c.program = r.program
WHERE r.program > :after AND g.state <> 'draft' AND COALESCE(c.hour, g.at / 3600000) < :hour
  AND (g.state <> 'ended' OR COALESCE(c.hour, g.at / 3600000) <= g.moved / 3600000)
ORDER BY r.program LIMIT :most;

-- hours_running() one hours_number
-- Whether there is a program at all that may come by hours to count: 0 or 1.
SELECT count(*) AS number FROM (SELECT program FROM referrals_program WHERE program > 0 ORDER BY program LIMIT 1) n;

-- hours_links(program program_id, after integer, most integer) one hours_links_row
-- Some of a program's links: how many, and the last of them.
SELECT count(*) AS links, COALESCE(max(id), 0) AS last
FROM (SELECT id FROM referrals_link WHERE program = :program AND id > :after ORDER BY id LIMIT :most) part;

-- hours_open(program program_id, after integer, last integer, since integer, before integer) many hours_row
-- What came by these links in the hours from one on and before another.
SELECT l.id AS link, l.partner, h.hour, h.clicks, h.marked + h.held + h.rejected AS marked, h.impressions, h.latest
FROM referrals_link l JOIN referrals_hour h ON h.link = l.id AND h.hour >= :since AND h.hour < :before
WHERE l.program = :program AND l.id > :after AND l.id <= :last
ORDER BY l.id, h.hour;

-- hours_rest(link integer, what program_trigger) one hours_number
-- What the last hour that was counted left over.
SELECT rest AS number FROM referrals_hour_event WHERE link = :link AND what = :what ORDER BY hour DESC LIMIT 1;

-- hours_event_insert takes hours_event_row one hours_hit
-- Counts an hour, unless it was counted before.
INSERT INTO referrals_hour_event (id, program, link, hour, what, events, before, rest, latest, at, again)
VALUES (:id, :program, :link, :hour, :what, :events, :before, :rest, :latest, :at, :again)
ON CONFLICT (link, what, hour) DO NOTHING RETURNING id;

-- hours_event_known(link integer, what program_trigger, hour integer) one hours_hit
-- Whether it was counted before.
SELECT id FROM referrals_hour_event WHERE link = :link AND what = :what AND hour = :hour;

-- hours_visitors_new(link integer, hour integer, latest integer, program integer, day integer) one hours_number
-- Visitors of an hour who did not pay for the program that day.
WITH RECURSIVE chain (id, prior, marks, visitor) AS (
    SELECT id, prior, marks, visitor FROM referrals_click WHERE id = :latest AND link = :link
    UNION ALL
    SELECT c.id, c.prior, c.marks, c.visitor FROM chain JOIN referrals_click c ON c.id = chain.prior
    WHERE c.link = :link AND c.at >= :hour * 3600000 AND c.at < (:hour + 1) * 3600000)
SELECT count(DISTINCT visitor) AS number FROM chain
WHERE marks = 0 AND NOT EXISTS (SELECT 1 FROM referrals_doubt_click d JOIN referrals_doubt o ON o.id = d.doubt
    WHERE d.click = chain.id AND o.state <> 'passed') AND NOT EXISTS (
    SELECT 1 FROM referrals_visitor v WHERE v.program = :program AND v.day = :day AND v.visitor = chain.visitor);

-- hours_visitors_add(link integer, hour integer, latest integer, program integer, day integer) nothing
-- From now on they did.
WITH RECURSIVE chain (id, prior, marks, visitor) AS (
    SELECT id, prior, marks, visitor FROM referrals_click WHERE id = :latest AND link = :link
    UNION ALL
    SELECT c.id, c.prior, c.marks, c.visitor FROM chain JOIN referrals_click c ON c.id = chain.prior
    WHERE c.link = :link AND c.at >= :hour * 3600000 AND c.at < (:hour + 1) * 3600000)
INSERT INTO referrals_visitor (program, day, visitor)
SELECT DISTINCT :program, :day, visitor FROM chain
WHERE marks = 0 AND NOT EXISTS (SELECT 1 FROM referrals_doubt_click d JOIN referrals_doubt o ON o.id = d.doubt
    WHERE d.click = chain.id AND o.state <> 'passed')
ON CONFLICT (program, day, visitor) DO NOTHING;

-- hours_of(program program_id) one hours_program_row
-- Up to where the hours of one program are counted.
SELECT r.program, COALESCE(c.hour, 0) AS hour, r.unique_clicks,
       COALESCE(c.until, 0) AS until, COALESCE(c.link, 0) AS link
FROM referrals_program r LEFT JOIN referrals_closed c ON c.program = r.program WHERE r.program = :program;

-- hours_passed_visitors(doubt integer, program program_id, day integer) one hours_number
-- Visitors whose clicks count after all and who did not pay for the program that day.
SELECT count(DISTINCT c.visitor) AS number
FROM referrals_doubt_click d JOIN referrals_click c ON c.id = d.click
WHERE d.doubt = :doubt AND NOT EXISTS (
    SELECT 1 FROM referrals_visitor v WHERE v.program = :program AND v.day = :day AND v.visitor = c.visitor);

-- hours_passed_add(doubt integer, program program_id, day integer) nothing
-- From now on they did.
INSERT INTO referrals_visitor (program, day, visitor)
SELECT DISTINCT :program, :day, c.visitor
FROM referrals_doubt_click d JOIN referrals_click c ON c.id = d.click WHERE d.doubt = :doubt
ON CONFLICT (program, day, visitor) DO NOTHING;

-- hours_visitors_forget(before integer) nothing
-- Their marks mean nothing any more.
DELETE FROM referrals_visitor WHERE day < :before;

-- hours_keep(program program_id, hour integer, until integer, link integer) nothing
-- All before one hour is counted, and of links up to that one also all before another.
INSERT INTO referrals_closed (program, hour, until, link) VALUES (:program, :hour, :until, :link)
ON CONFLICT (program) DO UPDATE SET until = excluded.until, link = excluded.link WHERE referrals_closed.hour < excluded.until
  AND (referrals_closed.until <> excluded.until OR referrals_closed.link < excluded.link);

-- hours_close(program program_id, hour integer) nothing
-- All before that hour is counted.
INSERT INTO referrals_closed (program, hour) VALUES (:program, :hour)
ON CONFLICT (program) DO UPDATE SET hour = excluded.hour WHERE referrals_closed.hour < excluded.hour;

-- hours_audit_events(after integer, most integer) many hours_audit_row
-- Hours that were counted, beside what came in them, what the one before left and what was found about them.
SELECT e.id, e.events, e.before, e.rest,
       COALESCE((SELECT CASE WHEN e.what = 'click' THEN h.clicks - h.marked ELSE h.impressions END
                 FROM referrals_hour h WHERE h.link = e.link AND h.hour = e.hour), 0) AS came,
       COALESCE((SELECT p.rest FROM referrals_hour_event p WHERE p.link = e.link AND p.what = e.what AND p.hour < e.hour
                 ORDER BY p.hour DESC LIMIT 1), 0) AS carried,
       (SELECT count(*) FROM core_verdict v WHERE v.program = e.program AND v.subject = e.id) AS verdicts
FROM referrals_hour_event e WHERE e.id > :after ORDER BY e.id LIMIT :most;
