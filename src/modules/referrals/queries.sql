-- referrals_link_insert takes referrals_link_new one referrals_link_hit
-- Makes a link; no row: another link has the code, or one that takes something off.
INSERT INTO referrals_link (id, partner, program, code, spelling, target, state, at, change)
SELECT :id, :partner, :program, :code, :spelling, :target, 'live', :at, :change
WHERE NOT EXISTS (SELECT 1 FROM referrals_coupon c WHERE c.code = :code)
ON CONFLICT (code) DO NOTHING
RETURNING id;

-- referrals_link_touch(link referrals_link_id, change integer) one referrals_link_hit
-- Notes the write that changed a link.
UPDATE referrals_link SET change = :change WHERE id = :link RETURNING id;

-- referrals_partner_touch(partner referrals_partner_id, change integer) nothing
-- The same of all links of a partner.
UPDATE referrals_link SET change = :change WHERE partner = :partner;

-- referrals_link_set(link referrals_link_id, state referrals_link_state) one referrals_link_hit
-- Where a link stands from now on; referrals_link_changed() tells of it.
UPDATE referrals_link SET state = :state WHERE id = :link RETURNING id;
