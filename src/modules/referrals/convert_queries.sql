-- convert_order(id order_id) one convert_order_row
-- An order with its customer.
SELECT o.id, o.business, COALESCE(o.customer, 0) AS customer, COALESCE(c.party, 0) AS party,
       COALESCE(c.mail, '') AS mail, COALESCE(c.country, '') AS country, o.state, o.total_minor, o.total_currency,
       o.refunded_minor, o.codes, o.placed, 'order' AS what, '' AS action
FROM core_order o LEFT JOIN core_customer c ON c.id = o.customer WHERE o.id = :id;

-- convert_action(id integer) one convert_order_row
-- An action in the form of an order: it has no lines, and is off when it was reversed.
SELECT a.id, a.business, a.customer, COALESCE(c.party, 0) AS party, COALESCE(c.mail, '') AS mail,
       COALESCE(c.country, '') AS country, CASE WHEN a.reversed > 0 THEN 'cancelled' ELSE 'placed' END AS state, a.total_minor, a.total_currency,
       0 AS refunded_minor, a.code AS codes, a.at AS placed, 'action' AS what, a.name AS action
FROM referrals_action a LEFT JOIN core_customer c ON c.id = a.customer WHERE a.id = :id;

-- convert_action_history(customer customer_id, name text, event integer, before instant) one convert_history_row
-- What a customer did of that name before.
SELECT count(*) AS orders, COALESCE(min(at), 0) AS first
FROM (SELECT at FROM referrals_action
      WHERE customer = :customer AND name = :name AND id <> :event AND at <= :before AND customer > 0
      ORDER BY at LIMIT 1000) a;

-- convert_terms(program program_id) one convert_terms_row
-- How a program attributes.
SELECT model, window_days, code_first, late_days, bound_months FROM referrals_program WHERE program = :program;

-- convert_click(click referrals_click_id, business party_id) one convert_click_row
-- A click of a link of a business.
SELECT l.program, l.partner, k.at, k.marks
FROM referrals_click k
JOIN referrals_link l ON l.id = k.link
JOIN core_program g ON g.id = l.program
WHERE k.id = :click AND g.business = :business;

-- convert_code(program program_id, code text) one convert_code_row
-- Whose a code is, while it counts.
SELECT id, partner FROM referrals_link WHERE code = :code AND program = :program AND state = 'live';

-- convert_touch_known(program program_id, customer customer_id, event integer, source integer) one convert_hit
-- Whether a click was bound there before.
SELECT id FROM (
    SELECT id, source, event FROM referrals_touch
    WHERE program = :program AND customer = :customer AND customer <> 0
    UNION ALL
    SELECT id, source, event FROM referrals_touch
    WHERE program = :program AND event = :event AND event <> 0) t
WHERE t.source = :source AND t.event = :event LIMIT 1;

-- convert_touch_insert takes referrals_touch_row nothing
-- Keeps a touch.
INSERT INTO referrals_touch (id, program, partner, kind, source, customer, event, at, until)
VALUES (:id, :program, :partner, :kind, :source, :customer, :event, :at, :until);

-- convert_touches_first(program program_id, customer customer_id, most integer) many convert_touch_row
-- What is bound to a customer, from the first on.
SELECT t.id, t.partner AS account, COALESCE(p.same, p.id) AS partner, t.kind, t.customer, t.event, t.at, t.until
FROM referrals_touch t JOIN referrals_partner p ON p.id = t.partner
WHERE t.program = :program AND t.customer = :customer AND t.customer <> 0 ORDER BY t.id LIMIT :most;

-- convert_touches_last(program program_id, customer customer_id, after referrals_touch_id, most integer) many convert_touch_row
-- The same from the last back to one.
SELECT t.id, t.partner AS account, COALESCE(p.same, p.id) AS partner, t.kind, t.customer, t.event, t.at, t.until
FROM referrals_touch t JOIN referrals_partner p ON p.id = t.partner
WHERE t.program = :program AND t.customer = :customer AND t.customer <> 0 AND t.id > :after ORDER BY t.id DESC LIMIT :most;

-- convert_touches_of(program program_id, event integer, customer customer_id, most integer) many convert_touch_row
-- What is bound to one conversion and not to its customer.
SELECT t.id, t.partner AS account, COALESCE(p.same, p.id) AS partner, t.kind, t.customer, t.event, t.at, t.until
FROM referrals_touch t JOIN referrals_partner p ON p.id = t.partner
WHERE t.program = :program AND t.event = :event AND t.event <> 0 AND (t.customer = 0 OR t.customer <> :customer)
ORDER BY t.id LIMIT :most;

-- convert_bound(program program_id, customer customer_id, since instant) many convert_credit_row
-- Who shares the first conversion of a customer, when it is not older than that.
SELECT c.program, c.event, c.partner, c.share, c.touch
FROM (SELECT event, at FROM referrals_conversion
      WHERE program = :program AND customer = :customer AND customer <> 0 AND partners > 0 ORDER BY event LIMIT 1) f
JOIN referrals_credit c ON c.program = :program AND c.event = f.event
WHERE f.at >= :since
ORDER BY c.partner LIMIT 100;

-- convert_credit_insert takes convert_credit_row nothing
-- Keeps who shares a conversion.
INSERT INTO referrals_credit (program, event, partner, share, touch) VALUES (:program, :event, :partner, :share, :touch);

-- convert_credits_drop(program program_id, event integer) nothing
-- It is to be judged as if it came now.
DELETE FROM referrals_credit WHERE program = :program AND event = :event;

-- convert_lines(of_order order_id, business party_id) many program_line
-- What was ordered, and where it stands in the shop.
SELECT l.product, COALESCE(p.category, '') AS category, l.total_minor AS minor
FROM core_order_line l
LEFT JOIN core_product p ON p.business = :business AND p.number = l.product AND l.product <> ''
WHERE l.of_order = :of_order ORDER BY l.line LIMIT 500;

-- convert_history(customer customer_id, of_order order_id, before instant) one convert_history_row
-- What a customer ordered before an order.
SELECT count(*) AS orders, COALESCE(min(placed), 0) AS first
FROM (SELECT placed FROM core_order
      WHERE customer = :customer AND id <> :of_order AND state <> 'expected' AND placed <= :before
      ORDER BY id LIMIT 1000) o;

-- convert_brought(partner referrals_partner_id) one convert_brought_row
-- What a partner brought so far.
SELECT partner, orders, minor FROM referrals_brought WHERE partner = :partner;

-- convert_brought_add takes convert_brought_row nothing
-- Adds to that.
INSERT INTO referrals_brought (partner, orders, minor) VALUES (:partner, :orders, :minor)
ON CONFLICT (partner) DO UPDATE SET orders = referrals_brought.orders + excluded.orders,
    minor = referrals_brought.minor + excluded.minor;

-- convert_brought_more(program program_id, event integer, more integer) nothing
-- A conversion came to more: for each who shares it and has it counted.
UPDATE referrals_brought SET minor = minor + :more
WHERE orders > 0 AND partner IN (
    SELECT c.partner FROM referrals_credit c
    JOIN referrals_partner p ON p.id = c.partner
    JOIN core_verdict v ON v.program = c.program AND v.subject = c.event AND v.party = p.person AND v.state IN ('counted', 'waiting')
    WHERE c.program = :program AND c.event = :event);

-- convert_conversion_grow(program program_id, event integer, total integer) nothing
-- What it comes to now.
UPDATE referrals_conversion SET total_minor = :total WHERE program = :program AND event = :event;

-- convert_conversion(program program_id, event integer) one convert_conversion_row
-- Something that was judged.
SELECT program, event, id, what, customer, at, basket, total_minor, total_currency, partners FROM referrals_conversion
WHERE program = :program AND event = :event;

-- convert_conversion_keep takes convert_conversion_row nothing
-- Keeps that it was judged; what nobody shared before may be shared now.
INSERT INTO referrals_conversion (program, event, id, what, customer, at, basket, total_minor, total_currency, partners)
VALUES (:program, :event, :id, :what, :customer, :at, :basket, :total_minor, :total_currency, :partners)
ON CONFLICT (program, event) DO UPDATE SET customer = excluded.customer, basket = excluded.basket,
    total_minor = excluded.total_minor, partners = excluded.partners;

-- convert_shares(event integer) one convert_number
-- How many share an event, in all programs.
SELECT CAST(COALESCE(sum(partners), 0) AS BIGINT) AS number FROM referrals_conversion WHERE event = :event;

-- files_import(id import_id) one files_import_row
-- Whose file of orders was taken in.
SELECT owner AS business FROM core_import WHERE id = :id AND kind = 'orders';

-- files_orders(business party_id, import import_id, after order_id, most integer) many files_order_row
-- Orders that an import wrote, in the order in which they became known.
SELECT id FROM core_order WHERE business = :business AND import = :import AND id > :after ORDER BY id LIMIT :most;

-- files_gone(program program_id, after integer, most integer) many files_gone_row
-- Orders that were judged and are not there any more.
SELECT c.event, c.total_minor FROM referrals_conversion c
WHERE c.program = :program AND c.event > :after AND c.what = 'order'
  AND NOT EXISTS (SELECT 1 FROM core_order o WHERE o.id = c.event)
ORDER BY c.event LIMIT :most;
