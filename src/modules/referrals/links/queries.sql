-- links_partner(id referrals_partner_id, program program_id) one links_number
-- Whether somebody takes part in a program, or asked to.
SELECT id AS number FROM referrals_partner WHERE id = :id AND program = :program AND state NOT IN ('left', 'refused', 'invited', 'over');

-- links_standing(code text, partner referrals_partner_id, target text) one links_number
-- The link that was made so before.
SELECT id AS number FROM referrals_link WHERE code = :code AND partner = :partner AND target = :target AND state <> 'gone';
