-- portal_programs(before integer, most integer) many portal_program_row
-- Running programs that one can join, newest first.
SELECT g.id AS program, g.title, o.name AS business_name, g.currency, g.version, g.state, r.joining
FROM referrals_program r
JOIN core_program g ON g.id = r.program
JOIN core_party o ON o.id = g.business
WHERE r.program < :before AND g.state = 'running' AND r.joining <> 'invited'
ORDER BY r.program DESC LIMIT :most;

-- portal_program(program program_id) one portal_program_row
-- A program that was opened once.
SELECT g.id AS program, g.title, o.name AS business_name, g.currency, g.version, g.state, r.joining
FROM referrals_program r
JOIN core_program g ON g.id = r.program
JOIN core_party o ON o.id = g.business
WHERE r.program = :program AND g.state <> 'draft';

-- portal_partner_of(program program_id, person party_id) one referrals_partner_row
-- A person in a program, unless they left.
SELECT p.id, p.program, p.person, c.name, p.state, p.at
FROM referrals_partner p JOIN core_party c ON c.id = p.person
WHERE p.program = :program AND p.person = :person AND p.state NOT IN ('left', 'over');

-- portal_own(person party_id, before integer, most integer) many referrals_own
-- The programs of a person, the newest first.
SELECT p.id AS partner, p.program, g.title, o.name AS business, p.state, g.state AS program_state,
       COALESCE((SELECT l.spelling FROM referrals_link l WHERE l.partner = p.id ORDER BY l.id LIMIT 1), '') AS code,
       COALESCE(b.orders, 0) AS orders, s.given_minor - s.back_minor - (s.credit_minor - s.credit_back_minor) AS earned_minor,
       CASE WHEN s.party > 0 THEN g.currency END AS earned_currency
FROM referrals_partner p
JOIN core_program g ON g.id = p.program
JOIN core_party o ON o.id = g.business
LEFT JOIN referrals_brought b ON b.partner = p.id
LEFT JOIN core_program_sum s ON s.program = p.program AND s.party = p.person AND s.currency = g.currency
WHERE p.person = :person AND p.id < :before
ORDER BY p.id DESC LIMIT :most;

-- portal_own_one(partner referrals_partner_id, person party_id) one referrals_own
-- One of them.
SELECT p.id AS partner, p.program, g.title, o.name AS business, p.state, g.state AS program_state,
       COALESCE((SELECT l.spelling FROM referrals_link l WHERE l.partner = p.id ORDER BY l.id LIMIT 1), '') AS code,
       COALESCE(b.orders, 0) AS orders, s.given_minor - s.back_minor - (s.credit_minor - s.credit_back_minor) AS earned_minor,
       CASE WHEN s.party > 0 THEN g.currency END AS earned_currency
FROM referrals_partner p
JOIN core_program g ON g.id = p.program
JOIN core_party o ON o.id = g.business
LEFT JOIN referrals_brought b ON b.partner = p.id
LEFT JOIN core_program_sum s ON s.program = p.program AND s.party = p.person AND s.currency = g.currency
WHERE p.id = :partner AND p.person = :person;

-- portal_accepted_by(partner referrals_partner_id) one portal_accepted
-- What a partner accepted, and whether they were asked about it.
SELECT version, CASE WHEN quiz = '' AND state IN ('asked', 'active') THEN 1 ELSE 0 END AS asks
FROM referrals_partner WHERE id = :partner;

-- portal_seen(partner referrals_partner_id) one referrals_seen
-- What came of all links of a partner.
SELECT CAST(COALESCE(sum(h.impressions), 0) AS BIGINT) AS impressions,
       CAST(COALESCE(sum(h.clicks - h.marked), 0) AS BIGINT) AS clicks,
       CAST(COALESCE(sum(h.marked), 0) AS BIGINT) AS marked,
       COALESCE((SELECT b.signups FROM referrals_brought b WHERE b.partner = :partner), 0) AS signups,
       COALESCE((SELECT b.orders FROM referrals_brought b WHERE b.partner = :partner), 0) AS orders,
       COALESCE((SELECT b.orders - b.gone FROM referrals_brought b WHERE b.partner = :partner), 0) AS kept
FROM referrals_link l JOIN referrals_hour h ON h.link = l.id WHERE l.partner = :partner;

-- portal_sums_of(program program_id, person party_id, currency text, since verdict_id, at instant) one portal_sums
-- What a person got by a program. What is held was given by a verdict after `since`, or late.
WITH held (due, minor) AS (
    SELECT due, sum_minor - back_minor FROM core_award
    WHERE party = :person AND program = :program AND verdict > :since AND due > :at AND late = 0
      AND sum_currency = :currency AND hold > 0
    UNION ALL
    SELECT due, sum_minor - back_minor FROM core_award
    WHERE party = :person AND program = :program AND due > :at AND late = 1 AND sum_currency = :currency AND hold > 0)
SELECT COALESCE(s.given_minor - s.back_minor - (s.credit_minor - s.credit_back_minor), 0) AS given_minor,
       COALESCE(s.back_minor - s.credit_back_minor, 0) AS back_minor,
       COALESCE(s.credit_minor - s.credit_back_minor, 0) AS credit_minor,
       CAST(COALESCE((SELECT sum(minor) FROM held), 0) AS BIGINT) AS held_minor,
       COALESCE((SELECT min(due) FROM held), 0) AS next,
       CAST(COALESCE((SELECT sum(minor) FROM held GROUP BY due ORDER BY due LIMIT 1), 0) AS BIGINT) AS next_minor
FROM (SELECT 1 AS one) o
LEFT JOIN core_program_sum s ON s.program = :program AND s.party = :person AND s.currency = :currency;

-- portal_lines(program program_id, person party_id, before integer, most integer) many portal_line_row
-- What was found about what a person brought, or somebody below them, newest first.
SELECT v.id AS verdict, v.state, v.reason, COALESCE(d.findings, '') AS findings, m.level, m.sum_minor, m.sum_currency,
       COALESCE(m.back_minor, 0) AS back_minor, COALESCE(m.due, 0) AS due, v.at, COALESCE(h.id, k.id, s.id, 0) AS hour,
       COALESCE(h.events + h.before - h.rest, p.clicks, 0) AS events,
       CASE WHEN h.what = 'impression' THEN 1 ELSE 0 END AS shown, o.total_minor, o.total_currency,
       CASE WHEN b.id IS NULL THEN 0 ELSE 1 END AS post
FROM (SELECT verdict, min(level) AS level, CAST(sum(sum_minor) AS BIGINT) AS sum_minor, max(sum_currency) AS sum_currency,
             CAST(sum(back_minor) AS BIGINT) AS back_minor, max(due) AS due
      FROM (SELECT verdict, level, sum_minor, sum_currency, back_minor, due FROM core_award
            WHERE party = :person AND program = :program AND verdict < :before AND level > 0
            ORDER BY verdict DESC LIMIT :most) AS mine
      GROUP BY verdict
      UNION ALL
      SELECT id AS verdict, 1 AS level, NULL AS sum_minor, NULL AS sum_currency, 0 AS back_minor, 0 AS due
      FROM (SELECT id FROM core_verdict w WHERE party = :person AND program = :program AND id < :before
              AND (state <> 'counted' OR bare = 1)
              AND NOT EXISTS (SELECT 1 FROM core_award a WHERE a.party = :person AND a.program = :program AND a.verdict = w.id
                                AND a.level > 0)
            ORDER BY id DESC LIMIT :most) AS without) AS m
JOIN core_verdict v ON v.id = m.verdict
LEFT JOIN referrals_doubt d ON d.subject = v.id AND d.hour = 0
LEFT JOIN referrals_hour_event h ON h.id = v.subject AND v.party = :person
LEFT JOIN referrals_doubt p ON p.id = v.subject AND p.what <> 'order' AND v.party = :person
LEFT JOIN referrals_hour_event k ON k.link = p.subject AND k.hour = p.hour AND k.what = 'click'
LEFT JOIN referrals_hour_event s ON s.id = p.subject
LEFT JOIN core_order o ON o.id = v.subject
LEFT JOIN referrals_post b ON b.id = v.subject
ORDER BY v.id DESC LIMIT :most;

-- portal_hour(id referrals_hour_id, partner referrals_partner_id) one portal_hour_row
-- An hour of one of a partner's links.
SELECT h.id, h.hour, h.what, h.events, h.before, h.rest, h.latest, r.unique_clicks, l.spelling AS code,
       CAST(COALESCE((SELECT sum(d.clicks) FROM referrals_doubt d JOIN core_verdict v ON v.program = h.program AND v.subject = d.id
                      WHERE h.what = 'click' AND d.subject IN (h.link, h.id) AND d.hour = h.hour), 0) AS BIGINT)
           AS passed
FROM referrals_hour_event h
JOIN referrals_link l ON l.id = h.link
JOIN referrals_program r ON r.program = h.program
WHERE h.id = :id AND l.partner = :partner;

-- portal_hour_clicks(id referrals_hour_id, before integer, most integer) many portal_click_row
-- Its clicks, newest first, or those before one of them; 0: from the newest on.
WITH RECURSIVE chain (id, prior, at, marks, link, hour) AS (
    SELECT c.id, c.prior, c.at, c.marks, h.link, h.hour
    FROM referrals_hour_event h
    JOIN referrals_click c ON c.link = h.link AND c.at >= h.hour * 3600000 AND c.at < (h.hour + 1) * 3600000
      AND c.id = CASE WHEN :before > 0 THEN (SELECT b.prior FROM referrals_click b WHERE b.id = :before) ELSE h.latest END
    WHERE h.id = :id
    UNION ALL
    SELECT c.id, c.prior, c.at, c.marks, chain.link, chain.hour
    FROM chain JOIN referrals_click c ON c.id = chain.prior
    WHERE c.link = chain.link AND c.at >= chain.hour * 3600000 AND c.at < (chain.hour + 1) * 3600000)
SELECT chain.id AS click, chain.at, chain.marks, CASE WHEN o.state <> 'passed' THEN d.findings ELSE '' END AS findings
FROM chain
LEFT JOIN referrals_doubt_click d ON d.click = chain.id
LEFT JOIN referrals_doubt o ON o.id = d.doubt
LIMIT :most;

-- portal_biz(business party_id, before integer, most integer) many portal_biz_row
-- The programs of a business, newest first.
SELECT g.id AS program, g.title, g.state, g.currency, g.budget_minor - g.given_minor AS left_minor, g.given_minor,
       CAST(COALESCE((SELECT sum(s.joined) FROM referrals_result s WHERE s.program = g.id), 0) AS BIGINT) AS partners
FROM core_program g JOIN referrals_program r ON r.program = g.id
WHERE g.business = :business AND g.id < :before
ORDER BY g.id DESC LIMIT :most;

-- portal_biz_one(program program_id, business party_id) one portal_biz_row
-- One of them.
SELECT g.id AS program, g.title, g.state, g.currency, g.budget_minor - g.given_minor AS left_minor, g.given_minor,
       CAST(COALESCE((SELECT sum(s.joined) FROM referrals_result s WHERE s.program = g.id), 0) AS BIGINT) AS partners
FROM core_program g JOIN referrals_program r ON r.program = g.id
WHERE g.business = :business AND g.id = :program;

-- portal_program_of(program program_id, business party_id) one portal_owned
-- That a program of referrals is a business's.
SELECT g.id AS program FROM core_program g JOIN referrals_program r ON r.program = g.id
WHERE g.id = :program AND g.business = :business;

-- portal_partners(program program_id, before integer, most integer) many portal_partner_row
-- Who takes part, the newest first.
SELECT p.id AS partner, c.name, p.state, COALESCE(b.orders, 0) AS orders, COALESCE(b.minor, 0) AS minor, p.at
FROM referrals_partner p
JOIN core_party c ON c.id = p.person
LEFT JOIN referrals_brought b ON b.partner = p.id
WHERE p.program = :program AND p.id < :before
ORDER BY p.id DESC LIMIT :most;

-- portal_doubts(program program_id) one portal_doubts_row
-- How much waits for the business to decide, at most 100.
SELECT count(*) AS doubts FROM (SELECT 1 AS one FROM referrals_doubt d
                                WHERE d.program = :program AND d.state IN ('open', 'appealed') LIMIT 100) n;

-- portal_partner_in(partner referrals_partner_id, program program_id, business party_id) one referrals_partner_row
-- A partner of a business's program.
SELECT p.id, p.program, p.person, c.name, p.state, p.at
FROM referrals_partner p
JOIN core_program g ON g.id = p.program
JOIN core_party c ON c.id = p.person
WHERE p.id = :partner AND p.program = :program AND g.business = :business;

-- portal_link(program program_id, spelling text) one partner_link_row
-- A link by the code as it is shown.
SELECT l.id, l.partner FROM referrals_link l JOIN referrals_partner p ON p.id = l.partner
WHERE p.program = :program AND l.spelling = :spelling;

-- portal_deciders(business party_id) many portal_member_row
-- Who may decide for a business.
SELECT person FROM core_member WHERE organisation = :business AND role IN ('buyer', 'owner') ORDER BY person LIMIT 20;
