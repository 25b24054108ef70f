-- coupon_insert takes coupon_row one coupon_hit
-- Keeps a code; no row: another has it.
INSERT INTO referrals_coupon (id, program, partner, code, spelling, percent, off_minor, least_minor, products, categories,
    since, until, uses, uses_each, used, paused, at)
VALUES (:id, :program, :partner, :code, :spelling, :percent, :off_minor, :least_minor, :products, :categories,
    :since, :until, :uses, :uses_each, :used, :paused, :at)
ON CONFLICT (code) DO NOTHING
RETURNING id;

-- coupon_link_taken(code text) one coupon_hit
-- Whether a code is that of a link.
SELECT id FROM referrals_link WHERE code = :code;

-- coupon_link_of(business party_id, code text) one coupon_number
-- Whether a code is that of a link of a business, and counts now.
SELECT CASE WHEN l.state = 'live' AND p.state = 'active' AND g.state = 'running' THEN 1 ELSE 0 END AS number
FROM referrals_link l
JOIN referrals_partner p ON p.id = l.partner
JOIN core_program g ON g.id = l.program
WHERE l.code = :code AND g.business = :business;

-- coupon_of_business(business party_id, code text) one coupon_row
-- A code of a business.
SELECT c.id, c.program, c.partner, c.code, c.spelling, c.percent, c.off_minor, c.least_minor, c.products, c.categories,
       c.since, c.until, c.uses, c.uses_each, c.used, c.paused, c.at
FROM referrals_coupon c JOIN core_program g ON g.id = c.program
WHERE c.code = :code AND g.business = :business;

-- coupon_of_program(program program_id, code text) one coupon_row
-- A code of a program.
SELECT id, program, partner, code, spelling, percent, off_minor, least_minor, products, categories,
       since, until, uses, uses_each, used, paused, at
FROM referrals_coupon WHERE code = :code AND program = :program;

-- coupon_whose(coupon coupon_id) one coupon_whose_row
-- Where a code's program and partner stand.
SELECT g.currency, g.state AS program_state,
       CASE WHEN p.id IS NULL OR p.state = 'active' THEN 1 ELSE 0 END AS active
FROM referrals_coupon c
JOIN core_program g ON g.id = c.program
LEFT JOIN referrals_partner p ON p.id = c.partner
WHERE c.id = :coupon;

-- coupon_known_use(coupon coupon_id, number text) one coupon_use_row
-- A use by an order's number.
SELECT coupon, number, buyer, state, finding, until, at FROM referrals_coupon_use
WHERE coupon = :coupon AND number = :number;

-- coupon_uses_of(coupon coupon_id, buyer text, at instant) one coupon_number
-- How often a customer used or keeps a code, 1,000 at most.
SELECT count(*) AS number FROM (
    SELECT 1 AS one FROM referrals_coupon_use
    WHERE coupon = :coupon AND buyer = :buyer AND buyer <> '' AND state <> 'refused' AND (until = 0 OR until > :at)
    LIMIT 1000) n;

-- coupon_drop_kept(coupon coupon_id, at instant) nothing
-- Uses that were kept and did not come are free again.
DELETE FROM referrals_coupon_use WHERE coupon = :coupon AND until > 0 AND until <= :at;

-- coupon_kept_over(coupon coupon_id, at instant) one coupon_number
-- How many these are.
SELECT count(*) AS number FROM referrals_coupon_use WHERE coupon = :coupon AND until > 0 AND until <= :at;

-- coupon_free(coupon coupon_id, count integer) nothing
-- Counts them off.
UPDATE referrals_coupon SET used = used - :count WHERE id = :coupon;

-- coupon_count(coupon coupon_id) one coupon_hit
-- Counts one use; no row: there is none left.
UPDATE referrals_coupon SET used = used + 1 WHERE id = :coupon AND (uses = 0 OR used < uses) RETURNING id;

-- coupon_use_keep takes coupon_use_row nothing
-- Keeps a use, or what became of it.
INSERT INTO referrals_coupon_use (coupon, number, buyer, state, finding, until, at)
VALUES (:coupon, :number, :buyer, :state, :finding, :until, :at)
ON CONFLICT (coupon, number) DO UPDATE SET state = excluded.state, finding = excluded.finding, until = excluded.until,
    buyer = CASE WHEN excluded.buyer = '' THEN referrals_coupon_use.buyer ELSE excluded.buyer END;

-- coupon_order(of_order order_id) one coupon_order_row
-- The number of an order, and whose it is.
SELECT o.number, COALESCE(c.mail, '') AS buyer
FROM core_order o LEFT JOIN core_customer c ON c.id = o.customer WHERE o.id = :of_order;

-- coupon_category(business party_id, number text) one coupon_category_row
-- Where a product stands in the shop.
SELECT category FROM core_product WHERE business = :business AND number = :number;

-- coupon_audit_rows(after integer, most integer) many coupon_audit_row
-- What codes count, and what there is.
SELECT c.id, c.used,
       (SELECT count(*) FROM referrals_coupon_use u WHERE u.coupon = c.id AND u.state <> 'refused') AS there
FROM referrals_coupon c WHERE c.id > :after ORDER BY c.id LIMIT :most;

-- coupons_shown(program program_id, before integer, most integer) many coupon_shown_row
-- Codes of a program, newest first.
SELECT c.id, c.spelling, c.percent, c.off_minor, c.least_minor,
       CASE WHEN c.products = '' AND c.categories = '' THEN 0 ELSE 1 END AS limited, COALESCE(n.name, '') AS partner_name,
       c.since, c.until, c.uses, c.uses_each, c.used, c.paused,
       (SELECT count(*) FROM (SELECT 1 AS one FROM referrals_coupon_use u
                              WHERE u.coupon = c.id AND u.state = 'refused' LIMIT 1000) r) AS refused
FROM referrals_coupon c
LEFT JOIN referrals_partner p ON p.id = c.partner
LEFT JOIN core_party n ON n.id = p.person
WHERE c.program = :program AND c.id < :before
ORDER BY c.id DESC LIMIT :most;

-- coupon_set_paused(coupon coupon_id, program program_id, business party_id, at instant) one coupon_hit
-- A code of a business's program is paused since then; 0: not.
UPDATE referrals_coupon SET paused = :at
WHERE id = :coupon AND program = :program
  AND program IN (SELECT id FROM core_program g WHERE g.id = :program AND g.business = :business)
RETURNING id;

-- coupons_of_partner(partner referrals_partner_id, at instant, most integer) many coupon_row
-- Codes that count for a partner and are valid, newest first.
SELECT id, program, partner, code, spelling, percent, off_minor, least_minor, products, categories,
       since, until, uses, uses_each, used, paused, at
FROM referrals_coupon
WHERE partner = :partner AND partner IS NOT NULL AND paused = 0 AND (until = 0 OR until > :at)
  AND (uses = 0 OR used < uses)
ORDER BY id DESC LIMIT :most;
