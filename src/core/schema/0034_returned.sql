-- What of an event came to nothing, kept with its verdict: one that is held or waits is given less that once it is.

ALTER TABLE core_verdict ADD COLUMN gone_minor NUMBER NOT NULL DEFAULT 0; -- came to nothing so far
ALTER TABLE core_verdict ADD COLUMN gone_of NUMBER NOT NULL DEFAULT 0;    -- of so much; 0: nothing did
