-- Partners may disagree, once, with a business that does not want their post.

ALTER TABLE referrals_post ADD COLUMN appeal TEXT NOT NULL DEFAULT ''; -- the partner's words; empty: there was none
ALTER TABLE referrals_post ADD COLUMN answer TEXT NOT NULL DEFAULT ''; -- to them

DROP INDEX referrals_post_address;
CREATE UNIQUE INDEX referrals_post_address ON referrals_post (program, address)
    WHERE state IN ('handed_in', 'accepted', 'paid', 'rejected', 'appealed');
CREATE INDEX referrals_post_appealed ON referrals_post (id) WHERE state = 'appealed';
