-- referrals_index_rows(after referrals_link_id, most integer) many referrals_index_row
-- All links, a part at a time, for the index in memory.
SELECT l.id AS link, l.program, l.code, l.target,
       CASE WHEN l.state = 'live' AND p.state = 'active' THEN 1 ELSE 0 END AS counts
FROM referrals_link l JOIN referrals_partner p ON p.id = l.partner
WHERE l.id > :after
ORDER BY l.id LIMIT :most;

-- referrals_index_changed(change integer, after referrals_link_id, most integer) many referrals_index_row
-- Links that a write changed last.
SELECT l.id AS link, l.program, l.code, l.target,
       CASE WHEN l.state = 'live' AND p.state = 'active' THEN 1 ELSE 0 END AS counts
FROM referrals_link l JOIN referrals_partner p ON p.id = l.partner
WHERE l.change = :change AND l.id > :after
ORDER BY l.id LIMIT :most;

-- referrals_index_code(code text) one referrals_index_row
-- The link with a code that the index does not hold yet.
SELECT l.id AS link, l.program, l.code, l.target,
       CASE WHEN l.state = 'live' AND p.state = 'active' THEN 1 ELSE 0 END AS counts
FROM referrals_link l JOIN referrals_partner p ON p.id = l.partner
WHERE l.code = :code;

-- referrals_index_programs(after integer, most integer) many referrals_program_row
-- What of programs the index in memory holds.
SELECT r.program, r.hosts, CASE WHEN g.state = 'running' THEN 1 ELSE 0 END AS counts, g.until
FROM referrals_program r JOIN core_program g ON g.id = r.program
WHERE r.program > :after
ORDER BY r.program LIMIT :most;

-- referrals_index_program(program integer) one referrals_program_row
-- The same of one.
SELECT r.program, r.hosts, CASE WHEN g.state = 'running' THEN 1 ELSE 0 END AS counts, g.until
FROM referrals_program r JOIN core_program g ON g.id = r.program WHERE r.program = :program;

-- referrals_event_newest() one referrals_position_row
-- The newest event before which no other can still come.
-- on sqlite
SELECT turn, id AS event FROM core_event ORDER BY turn DESC, id DESC LIMIT 1;
-- on postgresql
SELECT turn, id AS event FROM core_event
WHERE turn < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)
      + COALESCE((SELECT shift FROM core_turn WHERE id = 1), 0)
ORDER BY turn DESC, id DESC LIMIT 1;

-- referrals_hours_add(rows text) many referrals_hour_chain
-- Adds to the counts of hours; each says its newest click before that. Six numbers a row: link, hour, clicks, of
-- these marked, impressions, newest click.
-- on sqlite
INSERT INTO referrals_hour (link, hour, clicks, marked, impressions, latest, earlier)
SELECT value, second, third, fourth, fifth, sixth, 0 FROM listed(:rows, 6) WHERE true
ON CONFLICT (link, hour) DO UPDATE SET clicks = clicks + excluded.clicks, marked = marked + excluded.marked,
    impressions = impressions + excluded.impressions, earlier = latest,
    latest = CASE WHEN excluded.latest > 0 THEN excluded.latest ELSE latest END
RETURNING link, hour, earlier;
-- on postgresql
INSERT INTO referrals_hour (link, hour, clicks, marked, impressions, latest, earlier)
SELECT n[6 * i + 1], n[6 * i + 2], n[6 * i + 3], n[6 * i + 4], n[6 * i + 5], n[6 * i + 6], 0
FROM (SELECT CAST(string_to_array(trim(BOTH '[]' FROM :rows), ',') AS bigint[]) AS n OFFSET 0) r,
     generate_series(0, cardinality(n) / 6 - 1) i
ON CONFLICT (link, hour) DO UPDATE SET clicks = referrals_hour.clicks + excluded.clicks,
    marked = referrals_hour.marked + excluded.marked,
    impressions = referrals_hour.impressions + excluded.impressions,
    earlier = referrals_hour.latest,
    latest = CASE WHEN excluded.latest > 0 THEN excluded.latest ELSE referrals_hour.latest END
RETURNING link, hour, earlier;

-- referrals_days_add(rows text) nothing
-- Adds to the counts of programs' days. Five numbers a row: program, day, clicks, of these marked, impressions.
-- on sqlite
INSERT INTO referrals_result_clicks (program, day, clicks, marked, impressions)
SELECT value, second, third, fourth, fifth FROM listed(:rows, 5) WHERE true
ON CONFLICT (program, day) DO UPDATE SET clicks = clicks + excluded.clicks, marked = marked + excluded.marked,
    impressions = impressions + excluded.impressions;
-- on postgresql
INSERT INTO referrals_result_clicks (program, day, clicks, marked, impressions)
SELECT n[5 * i + 1], n[5 * i + 2], n[5 * i + 3], n[5 * i + 4], n[5 * i + 5]
FROM (SELECT CAST(string_to_array(trim(BOTH '[]' FROM :rows), ',') AS bigint[]) AS n OFFSET 0) r,
     generate_series(0, cardinality(n) / 5 - 1) i
ON CONFLICT (program, day) DO UPDATE SET clicks = referrals_result_clicks.clicks + excluded.clicks,
    marked = referrals_result_clicks.marked + excluded.marked,
    impressions = referrals_result_clicks.impressions + excluded.impressions;

-- referrals_clicks_insert(rows text) nothing
-- Writes clicks. Eight numbers a row, in the order of the columns.
-- on sqlite
INSERT INTO referrals_click (id, link, prior, at, marks, visitor, network, seen)
SELECT value, second, third, fourth, fifth, sixth, seventh, eighth FROM listed(:rows, 8);
-- on postgresql
INSERT INTO referrals_click (id, link, prior, at, marks, visitor, network, seen)
SELECT n[8 * i + 1], n[8 * i + 2], n[8 * i + 3], n[8 * i + 4], n[8 * i + 5], n[8 * i + 6], n[8 * i + 7], n[8 * i + 8]
FROM (SELECT CAST(string_to_array(trim(BOTH '[]' FROM :rows), ',') AS bigint[]) AS n OFFSET 0) r,
     generate_series(0, cardinality(n) / 8 - 1) i;

-- referrals_day_key(day integer) one referrals_day_row
-- The key of a day.
SELECT secret FROM referrals_day WHERE day = :day;

-- referrals_day_keep(day integer, secret text) nothing
-- Keeps a key, unless another process was faster.
INSERT INTO referrals_day (day, secret) VALUES (:day, :secret) ON CONFLICT (day) DO NOTHING;

-- referrals_days_forget(before integer) nothing
-- Throws keys away.
DELETE FROM referrals_day WHERE day < :before;

-- referrals_audit_hours(link integer, hour integer, most integer) many referrals_hour_row
-- Hours behind one of a link, for the audit.
SELECT link, hour, clicks, marked FROM referrals_hour
WHERE (link, hour) > (:link, :hour)
ORDER BY link, hour LIMIT :most;

-- referrals_audit_chain(link integer, hour integer) one referrals_chain_sums
-- What the clicks add up to that hang on an hour.
WITH RECURSIVE chain (id, prior, marks) AS (
    SELECT c.id, c.prior, c.marks FROM referrals_hour h JOIN referrals_click c ON c.id = h.latest
    WHERE h.link = :link AND h.hour = :hour AND c.link = h.link
    UNION ALL
    SELECT c.id, c.prior, c.marks FROM chain JOIN referrals_click c ON c.id = chain.prior
    WHERE c.link = :link AND c.at >= :hour * 3600000 AND c.at < (:hour + 1) * 3600000)
SELECT COUNT(*) AS clicks, CAST(COALESCE(SUM(CASE WHEN marks > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS marked
FROM chain;

-- referrals_audit_clicks(after integer, most integer) one referrals_click_part
-- How many clicks there are behind one, and which is the last of them.
SELECT COUNT(*) AS clicks, COALESCE(MAX(id), 0) AS last
FROM (SELECT id FROM referrals_click WHERE id > :after ORDER BY id LIMIT :most) part;

-- referrals_click_by_id(click referrals_click_id) one referrals_click_row
-- A click.
SELECT id, link, prior, at, marks, visitor, network, seen FROM referrals_click WHERE id = :click;

-- referrals_audit_landings(after integer, most integer) many referrals_landing_fact
-- Reports of pages, each with whether there is a click that it is about.
SELECT n.click, CASE WHEN c.id IS NULL THEN 0 ELSE 1 END AS known
FROM referrals_landing n LEFT JOIN referrals_click c ON c.id = n.click
WHERE n.click > :after ORDER BY n.click LIMIT :most;
