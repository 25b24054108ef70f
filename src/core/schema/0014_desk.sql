-- What operators see to, and what they did.

ALTER TABLE core_login ADD COLUMN desk NUMBER NOT NULL DEFAULT 0; -- DESK_BITs of an operator, added up
UPDATE core_login SET desk = 16 WHERE operator = 1;
CREATE INDEX core_login_operator ON core_login (person) WHERE operator = 1;

-- What operators did, with what was before and after. Rows are only ever added.
CREATE TABLE core_act (
    id               KEY,                        -- act_
    actor            ID NOT NULL,                -- the operator; 0: at the command line
    name             WORDS NOT NULL,             -- "core.payout.approve", "core.party.suspend"
    subject          ID NOT NULL,                -- what it was done to
    was              TEXT NOT NULL,              -- as it was before; empty: nothing was
    became           TEXT NOT NULL,              -- as it was afterwards
    note             TEXT NOT NULL,              -- what the operator said about it; may be empty
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX core_act_actor ON core_act (actor, id);
CREATE INDEX core_act_subject ON core_act (subject, id);
