-- What a person recognises their sessions by.

ALTER TABLE core_session ADD COLUMN id ID NOT NULL DEFAULT 0;          -- ses_; 0: begun before there were ids
ALTER TABLE core_session ADD COLUMN used INSTANT NOT NULL DEFAULT 0;   -- last use, noted once an hour; 0: not yet
ALTER TABLE core_session ADD COLUMN browser TEXT NOT NULL DEFAULT '';  -- what it came from; empty: unknown
ALTER TABLE core_session ADD COLUMN address WORDS NOT NULL DEFAULT ''; -- where it came from; empty: unknown
