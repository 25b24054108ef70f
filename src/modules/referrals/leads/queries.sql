-- lead_terms_of(program program_id) one lead_terms_row
-- How a program takes leads; no row: it takes none.
SELECT program, days, most FROM referrals_lead_terms WHERE program = :program;

-- lead_terms_set takes lead_terms_row nothing
-- Says how a program takes leads.
INSERT INTO referrals_lead_terms (program, days, most) VALUES (:program, :days, :most)
ON CONFLICT (program) DO UPDATE SET days = excluded.days, most = excluded.most;

-- lead_partner(partner referrals_partner_id, person party_id) one lead_partner_row
-- A partner, and how many leads the program lets them have.
SELECT p.program, g.title, g.state AS program_state, p.state, COALESCE(n.mail, '') AS mail,
       COALESCE(t.days, 0) AS days, COALESCE(t.most, 0) AS most
FROM referrals_partner p
JOIN core_program g ON g.id = p.program
LEFT JOIN referrals_lead_terms t ON t.program = p.program
LEFT JOIN core_login n ON n.person = p.person
WHERE p.id = :partner AND p.person = :person;

-- lead_counts(partner referrals_partner_id, at instant, since instant) one lead_counts_row
-- How many leads a partner has.
SELECT (SELECT count(*) FROM (SELECT 1 AS one FROM referrals_lead
                              WHERE partner = :partner AND until > :at AND customer = 0 LIMIT 1000) o) AS open,
       (SELECT count(*) FROM (SELECT 1 AS one FROM referrals_lead
                              WHERE partner = :partner AND at > :since LIMIT 1000) d) AS today;

-- lead_insert takes lead_row one lead_hit
-- Registers a lead, or one whose protection is over anew; no row: they are registered.
INSERT INTO referrals_lead (id, program, partner, mail, name, met, at, until, customer, known)
VALUES (:id, :program, :partner, :mail, :name, :met, :at, :until, :customer, :known)
ON CONFLICT (partner, mail) DO UPDATE SET name = excluded.name, met = excluded.met, at = excluded.at, until = excluded.until
    WHERE referrals_lead.customer = 0 AND referrals_lead.until <= excluded.at
RETURNING id;

-- leads_of(partner referrals_partner_id, before integer, most integer) many lead_row
-- Leads of a partner, newest first.
SELECT id, program, partner, mail, name, met, at, until, customer, known FROM referrals_lead
WHERE partner = :partner AND id < :before ORDER BY id DESC LIMIT :most;

-- leads_found(program program_id, customer customer_id) many lead_bound_row
-- Leads that turn out to be a customer, in the order in which they were registered.
SELECT l.id, l.partner, l.at, l.until,
       CASE WHEN EXISTS (SELECT 1 FROM core_order o WHERE o.customer = :customer AND o.state <> 'expected' AND o.placed < l.at)
            THEN 1 ELSE 0 END AS known
FROM core_customer c JOIN referrals_lead l ON l.program = :program AND l.mail = c.mail
WHERE c.id = :customer AND c.mail <> '' AND l.customer = 0
ORDER BY l.id LIMIT 100;

-- lead_bind(lead lead_id, customer customer_id, known flag) nothing
-- Who a lead turned out to be.
UPDATE referrals_lead SET customer = :customer, known = :known WHERE id = :lead;

-- lead_forget(lead lead_id, partner referrals_partner_id, person party_id) one lead_hit
-- Forgets a lead of a partner's own.
DELETE FROM referrals_lead
WHERE id = :lead AND partner = :partner
  AND partner IN (SELECT id FROM referrals_partner p WHERE p.id = :partner AND p.person = :person)
RETURNING id;
