-- results_add takes results_added nothing
-- Adds to a day.
INSERT INTO referrals_result (program, day, views, joined, shared, signups, orders, customers, gone, value_minor, back_minor)
VALUES (:program, :day, :views, :joined, :shared, :signups, :orders, :customers, :gone, :value_minor, :back_minor)
ON CONFLICT (program, day) DO UPDATE SET views = referrals_result.views + excluded.views,
    joined = referrals_result.joined + excluded.joined, shared = referrals_result.shared + excluded.shared,
    signups = referrals_result.signups + excluded.signups, orders = referrals_result.orders + excluded.orders,
    customers = referrals_result.customers + excluded.customers, gone = referrals_result.gone + excluded.gone,
    value_minor = referrals_result.value_minor + excluded.value_minor,
    back_minor = referrals_result.back_minor + excluded.back_minor;

-- results_audience_add takes results_audience_added nothing
-- Adds to those of whom a fact holds.
INSERT INTO referrals_audience (program, fact, value, joined, selling, orders, value_minor)
VALUES (:program, :fact, :value, :joined, :selling, :orders, :value_minor)
ON CONFLICT (program, fact, value) DO UPDATE SET joined = referrals_audience.joined + excluded.joined,
    selling = referrals_audience.selling + excluded.selling, orders = referrals_audience.orders + excluded.orders,
    value_minor = referrals_audience.value_minor + excluded.value_minor;

-- results_cohort_add takes results_cohort_added nothing
-- Adds to customers of a month.
INSERT INTO referrals_cohort (program, month, later, customers, orders, value_minor, back_minor)
VALUES (:program, :month, :later, :customers, :orders, :value_minor, :back_minor)
ON CONFLICT (program, month, later) DO UPDATE SET customers = referrals_cohort.customers + excluded.customers,
    orders = referrals_cohort.orders + excluded.orders,
    value_minor = referrals_cohort.value_minor + excluded.value_minor,
    back_minor = referrals_cohort.back_minor + excluded.back_minor;

-- results_note_joined(partner referrals_partner_id, version integer) one results_came_row
-- Notes what a partner accepted and how they came.
UPDATE referrals_partner SET version = :version, came = CASE WHEN upline IS NOT NULL THEN 'partner'
        WHEN EXISTS (SELECT 1 FROM referrals_invitation i WHERE i.partner = referrals_partner.id) THEN 'invited' ELSE 'alone' END,
    language = COALESCE((SELECT l.language FROM core_login l WHERE l.person = referrals_partner.person), '')
WHERE id = :partner
RETURNING came, language;

-- results_came(partner referrals_partner_id) one results_came_row
-- How a partner came.
SELECT came, language FROM referrals_partner WHERE id = :partner;

-- results_touched(program program_id, customer customer_id) one results_touched_row
-- Whether anything led a customer here.
SELECT id FROM referrals_touch WHERE program = :program AND customer = :customer AND customer <> 0 LIMIT 1;

-- results_first(program program_id, customer customer_id) one results_first_row
-- The month of a customer's first order by a partner.
SELECT cohort FROM referrals_conversion
WHERE program = :program AND customer = :customer AND customer <> 0 AND cohort > 0 ORDER BY event LIMIT 1;

-- results_count takes results_counted nothing
-- Notes that an order is in the sums, and where.
UPDATE referrals_conversion SET counted = 1, cohort = :cohort, later = :later
WHERE program = :program AND event = :event;

-- results_conversion(program program_id, event integer) one results_conversion_row
-- An order that is in the sums.
SELECT at, total_minor, back_minor, cohort, later FROM referrals_conversion
WHERE program = :program AND event = :event AND counted = 1;

-- results_set_back(program program_id, event integer, minor integer) nothing
-- Notes how much of it was taken off.
UPDATE referrals_conversion SET back_minor = :minor WHERE program = :program AND event = :event;

-- results_brought_signup(partner referrals_partner_id) nothing
-- A customer came by a partner.
INSERT INTO referrals_brought (partner, orders, minor, signups) VALUES (:partner, 0, 0, 1)
ON CONFLICT (partner) DO UPDATE SET signups = referrals_brought.signups + 1;

-- results_brought_gone(program program_id, event integer, gone integer) nothing
-- An order was given back whole: off those for whom it counts.
UPDATE referrals_brought SET gone = gone + :gone
WHERE partner IN (SELECT c.partner FROM referrals_credit c
                  JOIN referrals_partner p ON p.id = c.partner
                  JOIN core_verdict v ON v.program = c.program AND v.subject = c.event AND v.party = p.person
                  WHERE c.program = :program AND c.event = :event AND v.state <> 'rejected');

-- results_unshared(program program_id, after referrals_partner_id, most integer) many results_unshared_row
-- Partners whose links were not followed when it was last looked.
SELECT p.id, p.at,
       CASE WHEN EXISTS (SELECT 1 FROM referrals_link l JOIN referrals_hour h ON h.link = l.id
                         WHERE l.partner = p.id AND h.clicks > h.marked) THEN 1 ELSE 0 END AS shared
FROM referrals_partner p
WHERE p.program = :program AND p.shared = 0 AND p.id > :after
ORDER BY p.id LIMIT :most;

-- results_share(partner referrals_partner_id) one results_came_row
-- Notes that one was followed; no row: it is noted already.
UPDATE referrals_partner SET shared = 1 WHERE id = :partner AND shared = 0 RETURNING came, language;
