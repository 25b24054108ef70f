-- How far a program's hours are counted beyond what is closed, so that a server that is killed goes on from there.

ALTER TABLE referrals_closed ADD COLUMN until NUMBER NOT NULL DEFAULT 0; -- all before this hour is counted as well, of links up to:
ALTER TABLE referrals_closed ADD COLUMN link ID NOT NULL DEFAULT 0;      -- lnk_; 0: none
