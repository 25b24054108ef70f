-- What else came by a partner.

ALTER TABLE referrals_brought ADD COLUMN signups NUMBER NOT NULL DEFAULT 0; -- customers before they ordered
ALTER TABLE referrals_brought ADD COLUMN gone NUMBER NOT NULL DEFAULT 0; -- of the orders, given back whole
