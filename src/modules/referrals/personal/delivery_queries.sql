-- delivery_insert takes delivery_row nothing
-- Notes that the fee of an offer is due with a post.
INSERT INTO referrals_post_fee (deal, partner, hold, until, post) VALUES (:deal, :partner, :hold, :until, :post);

-- delivery_of(deal deal_id) one delivery_row
-- The post for which an offer's fee is due; no row: it is due at the agreement.
SELECT deal, partner, hold, until, post FROM referrals_post_fee WHERE deal = :deal;

-- delivery_agree(deal deal_id, hold hold_id, until instant) nothing
-- Sets the fee aside for the post.
UPDATE referrals_post_fee SET hold = :hold, until = :until WHERE deal = :deal;

-- delivery_due(partner referrals_partner_id, at instant) one delivery_row
-- The oldest fee that a post of a partner releases.
SELECT deal, partner, hold, until, post FROM referrals_post_fee
WHERE partner = :partner AND hold > 0 AND post = 0 AND until > :at ORDER BY deal LIMIT 1;

-- delivery_by(partner referrals_partner_id, post post_id) one delivery_row
-- The fee that a post released.
SELECT deal, partner, hold, until, post FROM referrals_post_fee WHERE partner = :partner AND post = :post LIMIT 1;

-- delivery_done(deal deal_id, post post_id) nothing
-- Notes the post that released it.
UPDATE referrals_post_fee SET post = :post WHERE deal = :deal;
