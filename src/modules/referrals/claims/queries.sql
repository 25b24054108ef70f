-- claim_order(id order_id) one claim_order_row
-- An order, and how long its buyer may name somebody.
SELECT o.id, o.business, b.name AS business_name, o.number, COALESCE(o.customer, 0) AS customer,
       COALESCE(c.party, 0) AS party, COALESCE(c.mail, '') AS mail, o.state, o.placed,
       CAST(COALESCE((SELECT max(r.late_days) FROM core_program g JOIN referrals_program r ON r.program = g.id
                      WHERE g.business = o.business AND g.state = 'running'), 0) AS BIGINT) AS late_days
FROM core_order o
JOIN core_party b ON b.id = o.business
LEFT JOIN core_customer c ON c.id = o.customer
WHERE o.id = :id;

-- claim_order_of(id order_id, business party_id) one claim_order_row
-- The same of a business.
SELECT o.id, o.business, b.name AS business_name, o.number, COALESCE(o.customer, 0) AS customer,
       COALESCE(c.party, 0) AS party, COALESCE(c.mail, '') AS mail, o.state, o.placed,
       CAST(COALESCE((SELECT max(r.late_days) FROM core_program g JOIN referrals_program r ON r.program = g.id
                      WHERE g.business = o.business AND g.state = 'running'), 0) AS BIGINT) AS late_days
FROM core_order o
JOIN core_party b ON b.id = o.business
LEFT JOIN core_customer c ON c.id = o.customer
WHERE o.id = :id AND o.business = :business;

-- claim_orders(mail text, since instant, most integer) many claim_order_row
-- What somebody ordered since then and that counts for nobody, newest first.
SELECT o.id, o.business, b.name AS business_name, o.number, c.id AS customer, COALESCE(c.party, 0) AS party, c.mail,
       o.state, o.placed,
       CAST(COALESCE((SELECT max(r.late_days) FROM core_program g JOIN referrals_program r ON r.program = g.id
                      WHERE g.business = o.business AND g.state = 'running'), 0) AS BIGINT) AS late_days
FROM (SELECT id, party, mail FROM core_customer WHERE mail = :mail AND mail <> '' ORDER BY id DESC LIMIT 100) c
JOIN core_order o ON o.customer = c.id
JOIN core_party b ON b.id = o.business
WHERE o.state = 'placed' AND o.placed >= :since
  AND NOT EXISTS (SELECT 1 FROM referrals_conversion v WHERE v.event = o.id AND v.partners > 0)
ORDER BY o.id DESC LIMIT :most;

-- claim_partner(business party_id, code text) one claim_partner_row
-- Whom a code of a business names.
SELECT l.id AS link, l.state, l.program, g.state AS program_state, r.late_days, l.partner, p.state AS partner_state,
       p.person, COALESCE(n.mail, '') AS mail
FROM referrals_link l
JOIN referrals_partner p ON p.id = l.partner
JOIN core_program g ON g.id = l.program
JOIN referrals_program r ON r.program = l.program
LEFT JOIN core_login n ON n.person = p.person
WHERE l.code = :code AND g.business = :business;

-- claim_said(of_order order_id, business party_id) one claim_said_row
-- What the buyer of an order said.
SELECT t.program, p.person, l.spelling AS code, t.at
FROM core_program g
JOIN referrals_touch t ON t.program = g.id AND t.event = :of_order AND t.event <> 0
JOIN referrals_partner p ON p.id = t.partner
JOIN referrals_link l ON l.id = t.source
WHERE g.business = :business AND t.kind = 'claim'
ORDER BY t.id LIMIT 1;

-- claim_mail(person party_id) one claim_mail_row
-- Where a person signs in, once they showed that it is theirs.
SELECT mail FROM core_login WHERE person = :person AND confirmed > 0;
