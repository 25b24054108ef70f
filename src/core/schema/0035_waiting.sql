-- Who stands to gain by a verdict, until it is decided.

-- Who brought it and who stood above when it happened; while it is held or waits for money.
CREATE TABLE core_verdict_chain (
    verdict          ID NOT NULL REFERENCES core_verdict (id) DEFERRABLE INITIALLY DEFERRED, -- of which
    level            NUMBER NOT NULL,            -- 1: brought it; 2: brought who did; and so on
    party            ID NOT NULL,                -- pty_ who; 0: nobody who takes part
    PRIMARY KEY (verdict, level)
);
