-- downline_partner_by_id(partner referrals_partner_id) one downline_partner
-- A partner, and whether the person behind it was brought by somebody.
SELECT p.id, p.program, p.upline, COALESCE(p.same, p.id) AS self,
       CASE WHEN EXISTS (SELECT 1 FROM referrals_partner o
               WHERE (o.id = COALESCE(p.same, p.id) OR o.same = COALESCE(p.same, p.id))
                 AND o.upline IS NOT NULL) THEN 1 ELSE 0 END AS brought
FROM referrals_partner p WHERE p.id = :partner;

-- downline_upline_set(partner referrals_partner_id, upline referrals_partner_id) nothing
-- Who brought a partner, said once.
UPDATE referrals_partner SET upline = :upline WHERE id = :partner AND upline IS NULL;

-- downline_same_set(first referrals_partner_id, other referrals_partner_id) nothing
-- A partner, with all that were the same person already, is the person of another.
UPDATE referrals_partner SET same = :first WHERE id = :other OR same = :other;

-- downline_line_of(partner referrals_partner_id) one downline_line
-- What names the line of a partner; nothing when they are alone.
WITH RECURSIVE way (partner, towards, height) AS (
    SELECT partner, towards, height FROM referrals_line WHERE partner = :partner
    UNION ALL
    SELECT l.partner, l.towards, l.height FROM way JOIN referrals_line l ON l.partner = way.towards)
SELECT partner, height FROM way WHERE towards IS NULL;

-- downline_line_put(partner referrals_partner_id, towards maybe_referrals_partner_id, height integer) nothing
-- Where a line goes on.
INSERT INTO referrals_line (partner, towards, height) VALUES (:partner, :towards, :height)
ON CONFLICT (partner) DO UPDATE SET towards = excluded.towards, height = excluded.height;

-- downline_look_above(upline referrals_partner_id, self referrals_partner_id, most integer) one downline_looked
-- Whether somebody stands above a partner or is it: all accounts of each person looked at.
WITH RECURSIVE above (self) AS (
    SELECT COALESCE(same, id) FROM referrals_partner WHERE id = :upline
    UNION
    SELECT COALESCE(u.same, u.id) FROM above
    JOIN referrals_partner p ON p.id = above.self OR p.same = above.self
    JOIN referrals_partner u ON u.id = p.upline)
SELECT count(*) AS persons, COALESCE(sum(CASE WHEN self = :self THEN 1 ELSE 0 END), 0) AS met
FROM (SELECT self FROM above LIMIT :most) looked;

-- downline_step_of(partner referrals_partner_id) one downline_step
-- A partner, the first account of the same person, and who brought them.
SELECT p.id AS partner, s.id AS self, s.person, s.state, COALESCE(p.upline, 0) AS upline
FROM referrals_partner p JOIN referrals_partner s ON s.id = COALESCE(p.same, p.id) WHERE p.id = :partner;

-- downline_below(self referrals_partner_id, levels integer, most integer) many downline_level
-- How many stand below a person by level, of as many as are looked at, the nearest first.
WITH RECURSIVE below (level, id, state) AS (
    SELECT 0, id, state FROM referrals_partner WHERE id = :self OR same = :self
    UNION ALL
    SELECT below.level + 1, p.id, p.state FROM below JOIN referrals_partner p ON p.upline = below.id
    WHERE below.level < :levels AND COALESCE(p.same, p.id) <> :self)
SELECT level, count(*) AS partners, count(*) FILTER (WHERE state IN ('active', 'paused')) AS taking_part
FROM (SELECT level, state FROM below LIMIT :most) looked
GROUP BY level ORDER BY level;
