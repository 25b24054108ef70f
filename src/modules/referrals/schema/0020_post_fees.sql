-- Fees of personal offers that are due when the partner delivers a post.
CREATE TABLE referrals_post_fee (
    deal             KEY,                        -- del_ of the offer
    partner          ID NOT NULL REFERENCES referrals_partner (id), -- to whom
    hold             ID NOT NULL,                -- hld_ the fee set aside for it at the agreement; 0: not agreed
    until            INSTANT NOT NULL,           -- the post must be accepted before; 0: not agreed
    post             ID NOT NULL                 -- rpo_ that released it; 0: none yet
);
CREATE INDEX referrals_post_fee_post ON referrals_post_fee (partner, post);
CREATE INDEX referrals_post_fee_due ON referrals_post_fee (partner, deal) WHERE hold > 0 AND post = 0;
