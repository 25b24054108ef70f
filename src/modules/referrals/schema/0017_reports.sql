-- Since when the pages of a program's shop report how they were looked at.

ALTER TABLE referrals_program ADD COLUMN reports INSTANT NOT NULL DEFAULT 0; -- when the first report came; 0: none yet
