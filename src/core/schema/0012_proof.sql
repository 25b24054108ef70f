-- When people last proved in a session who they are.

ALTER TABLE core_session ADD COLUMN proven INSTANT NOT NULL DEFAULT 0; -- by password or code; 0: not since there is this column
