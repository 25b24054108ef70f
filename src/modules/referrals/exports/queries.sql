-- taken_partners(program program_id, after referrals_partner_id) many taken_partner
-- Partners of a program, the oldest first.
SELECT p.id AS partner, c.name, COALESCE((SELECT l.spelling FROM referrals_link l WHERE l.partner = p.id ORDER BY l.id LIMIT 1), '') AS code,
       p.state, p.upline AS by, p.at AS joined,
       CAST(COALESCE((SELECT sum(h.clicks - h.marked) FROM referrals_link l JOIN referrals_hour h ON h.link = l.id
                      WHERE l.partner = p.id), 0) AS BIGINT) AS clicks,
       COALESCE(b.orders, 0) AS orders, COALESCE(b.minor, 0) AS brought_minor, g.currency AS brought_currency,
       COALESCE(s.given_minor - s.back_minor - (s.credit_minor - s.credit_back_minor), 0) AS earned_minor,
       g.currency AS earned_currency
FROM referrals_partner p
JOIN core_party c ON c.id = p.person
JOIN core_program g ON g.id = p.program
LEFT JOIN referrals_brought b ON b.partner = p.id
LEFT JOIN core_program_sum s ON s.program = p.program AND s.party = p.person AND s.currency = g.currency
WHERE p.program = :program AND p.id > :after
ORDER BY p.id LIMIT 500;

-- taken_verdicts(program program_id, after verdict_id) many taken_verdict
-- What was found about all that was brought, the oldest first.
SELECT v.id AS verdict, p.id AS partner, c.name,
       CASE WHEN h.id IS NOT NULL THEN h.what WHEN f.id IS NOT NULL THEN 'post' WHEN d.id IS NOT NULL THEN 'click'
            WHEN a.id IS NOT NULL THEN 'action' ELSE 'order' END AS what,
       o.number, v.at, o.total_minor, o.total_currency, v.state, v.reason,
       CAST(COALESCE((SELECT sum(w.sum_minor - w.back_minor) FROM core_award w
                      WHERE w.verdict = v.id AND w.sum_currency = g.currency AND w.credit = 0), 0) AS BIGINT) AS given_minor,
       g.currency AS given_currency
FROM core_verdict v
JOIN core_program g ON g.id = v.program
JOIN core_party c ON c.id = v.party
JOIN referrals_partner p ON p.program = v.program AND p.person = v.party
LEFT JOIN core_order o ON o.id = v.subject
LEFT JOIN referrals_hour_event h ON h.id = v.subject
LEFT JOIN referrals_post f ON f.id = v.subject
LEFT JOIN referrals_doubt d ON d.id = v.subject
LEFT JOIN referrals_action a ON a.id = v.subject
WHERE v.program = :program AND v.id > :after
ORDER BY v.id LIMIT 500;
