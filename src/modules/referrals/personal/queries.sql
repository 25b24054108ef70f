-- personal_insert takes personal_new nothing
-- Keeps an offer beside its deal.
INSERT INTO referrals_offer (deal, partner, program, levels, level_1, level_2, level_3, message, answer, hold, until)
VALUES (:deal, :partner, :program, :levels, :level_1, :level_2, :level_3, :message, '', :hold, :until);

-- personal_by_id(deal deal_id) one personal_row
-- An offer with its deal.
SELECT d.id AS deal, d.state, f.partner, f.program, d.supplier, d.buyer, d.price_minor, d.price_currency, f.levels,
       f.level_1, f.level_2, f.level_3, f.message, f.answer, f.hold, f.until, d.at
FROM referrals_offer f JOIN core_deal d ON d.id = f.deal WHERE f.deal = :deal;

-- personal_of_side(deal deal_id, partner referrals_partner_id, side party_id) one personal_row
-- An offer to a partner, for one of its two sides.
SELECT d.id AS deal, d.state, f.partner, f.program, d.supplier, d.buyer, d.price_minor, d.price_currency, f.levels,
       f.level_1, f.level_2, f.level_3, f.message, f.answer, f.hold, f.until, d.at
FROM referrals_offer f JOIN core_deal d ON d.id = f.deal
WHERE f.deal = :deal AND f.partner = :partner AND (d.supplier = :side OR d.buyer = :side);

-- personal_offers(partner referrals_partner_id, before integer, most integer) many personal_row
-- Offers to a partner, the newest first.
SELECT d.id AS deal, d.state, f.partner, f.program, d.supplier, d.buyer, d.price_minor, d.price_currency, f.levels,
       f.level_1, f.level_2, f.level_3, f.message, f.answer, f.hold, f.until, d.at
FROM referrals_offer f JOIN core_deal d ON d.id = f.deal
WHERE f.partner = :partner AND f.deal < :before ORDER BY f.deal DESC LIMIT :most;

-- personal_last_refused(partner referrals_partner_id, since instant) one personal_count
-- How many offers a partner refused lately.
SELECT count(*) AS number FROM referrals_offer f JOIN core_deal d ON d.id = f.deal
WHERE f.partner = :partner AND d.state = 'refused' AND d.moved > :since;

-- personal_open_to(partner referrals_partner_id) one personal_count
-- How many offers to a partner wait for an answer.
SELECT count(*) AS number FROM referrals_offer f JOIN core_deal d ON d.id = f.deal
WHERE f.partner = :partner AND d.state IN ('offered', 'countered');

-- personal_made_since(program program_id, after integer) one personal_count
-- How many offers were made in a program after one.
SELECT count(*) AS number FROM referrals_offer WHERE program = :program AND deal >= :after;

-- personal_counter_keep takes personal_wanted one personal_hit
-- Keeps what a partner wants instead; nothing is set aside for that.
UPDATE referrals_offer SET levels = :levels, level_1 = :level_1, level_2 = :level_2, level_3 = :level_3,
       answer = :answer, hold = 0
WHERE deal = :deal RETURNING deal;

-- personal_to_partner(partner referrals_partner_id) one personal_to
-- Who a partner is, in which program of whom.
SELECT p.id AS partner, p.person, c.name, p.program, g.title, g.business,
       CASE WHEN p.state IN ('active', 'invited') AND g.state <> 'ended' THEN 1 ELSE 0 END AS takes_part,
       CASE WHEN EXISTS (SELECT 1 FROM referrals_sharer_block k WHERE k.person = p.person AND k.business = g.business)
            THEN 1 ELSE 0 END AS wants_none
FROM referrals_partner p
JOIN core_program g ON g.id = p.program
JOIN core_party c ON c.id = p.person
WHERE p.id = :partner;

-- personal_agreed_of(partner referrals_partner_id) one agreed_row
-- The rates agreed with a partner.
SELECT partner, deal, levels, level_1, level_2, level_3 FROM referrals_agreed WHERE partner = :partner;

-- personal_agreed_keep takes agreed_row nothing
-- Keeps the rates agreed with a partner, in place of those before.
INSERT INTO referrals_agreed (partner, deal, levels, level_1, level_2, level_3)
VALUES (:partner, :deal, :levels, :level_1, :level_2, :level_3)
ON CONFLICT (partner) DO UPDATE SET deal = excluded.deal, levels = excluded.levels, level_1 = excluded.level_1,
       level_2 = excluded.level_2, level_3 = excluded.level_3;

-- personal_audit_fees(after integer, most integer) many personal_audit_row
-- Fees that were agreed for a post beside the books: held or free again until a post released them, paid since.
SELECT f.deal, CASE WHEN f.hold > 0 OR f.post > 0 THEN d.price_minor ELSE 0 END AS due_minor,
       CAST(COALESCE((SELECT SUM(h.amount_minor) FROM ledger_hold h
                      WHERE h.id = f.hold AND h.subject = f.deal
                        AND (f.post = 0 AND h.state IN ('open', 'expired') OR f.post > 0 AND h.state = 'posted')), 0)
            AS BIGINT) AS held_minor
FROM referrals_post_fee f JOIN core_deal d ON d.id = f.deal
WHERE f.deal > :after ORDER BY f.deal LIMIT :most;

-- personal_audit_rows(after integer, most integer) many personal_audit_row
-- What offers set aside beside what the books hold for them.
SELECT f.deal, CASE WHEN d.state = 'offered' THEN d.price_minor ELSE 0 END AS due_minor,
       CAST(COALESCE((SELECT SUM(h.amount_minor) FROM ledger_hold h WHERE h.id = f.hold AND h.state = 'open'), 0) AS BIGINT)
           AS held_minor
FROM referrals_offer f JOIN core_deal d ON d.id = f.deal
WHERE f.deal > :after ORDER BY f.deal LIMIT :most;

-- personal_told(deal deal_id) one personal_told_row
-- What a mail tells of an offer.
SELECT f.partner, p.person, c.name, g.title, g.business, o.name AS business_name, f.message, f.answer, f.until
FROM referrals_offer f
JOIN referrals_partner p ON p.id = f.partner
JOIN core_program g ON g.id = f.program
JOIN core_party c ON c.id = p.person
JOIN core_party o ON o.id = g.business
WHERE f.deal = :deal;

-- personal_waiting_me(person party_id, most integer) many personal_waiting_row
-- Offers that wait for a person's answer, the oldest first.
SELECT f.partner, g.title, o.name, f.until
FROM core_deal d
JOIN referrals_offer f ON f.deal = d.id
JOIN core_program g ON g.id = f.program
JOIN core_party o ON o.id = d.buyer
WHERE d.supplier = :person AND d.flow = 'referrals.offer' AND d.state = 'offered' ORDER BY d.id LIMIT :most;

-- personal_waiting_biz(business party_id, most integer) many personal_waiting_row
-- Offers that wait for a business's answer, the oldest first.
SELECT f.partner, g.title, c.name, f.until
FROM core_deal d
JOIN referrals_offer f ON f.deal = d.id
JOIN core_program g ON g.id = f.program
JOIN core_party c ON c.id = d.supplier
WHERE d.buyer = :business AND d.flow = 'referrals.offer' AND d.state = 'countered' ORDER BY d.id LIMIT :most;
