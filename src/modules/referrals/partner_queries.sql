-- flow referrals_partner(state, moved, owner person)

-- referrals_terms_insert takes referrals_terms_row nothing
-- Keeps how a program works.
INSERT INTO referrals_program (program, landing, hosts, model, window_days, code_first, late_days, bound_months, joining,
    unique_clicks)
VALUES (:program, :landing, :hosts, :model, :window_days, :code_first, :late_days, :bound_months, :joining, :unique_clicks);

-- referrals_terms_by_id(program program_id) one referrals_terms_row
-- How a program works.
SELECT program, landing, hosts, model, window_days, code_first, late_days, bound_months, joining, unique_clicks
FROM referrals_program WHERE program = :program;

-- referrals_partner_insert takes referrals_partner_new nothing
-- Keeps a new partner.
INSERT INTO referrals_partner (id, program, person, state, moved, at)
VALUES (:id, :program, :person, 'asked', :at, :at);

-- referrals_partner_of(program program_id, person party_id) one referrals_partner_row
-- A person in a program.
SELECT p.id, p.program, p.person, c.name, p.state, p.at
FROM referrals_partner p JOIN core_party c ON c.id = p.person WHERE p.program = :program AND p.person = :person;

-- partner_link_by_code(program program_id, code text) one partner_link_row
-- Whose a code is.
SELECT id, partner FROM referrals_link WHERE code = :code AND program = :program;

-- partner_first_link(partner referrals_partner_id) one partner_link_row
-- The first link of a partner; no row: they never took part.
SELECT id, partner FROM referrals_link WHERE partner = :partner ORDER BY id LIMIT 1;

-- partner_state_of(partner referrals_partner_id) one partner_state_row
-- Where a partner stands.
SELECT state FROM referrals_partner WHERE id = :partner;
