-- What businesses promise to whoever does something for them, and what they gave for it.

-- A program: a promise with a budget.
CREATE TABLE core_program (
    id               KEY,                        -- prg_
    business         ID NOT NULL REFERENCES core_party (id), -- who promises
    module           WORDS NOT NULL,             -- whose program: "referrals"
    state            WORDS NOT NULL,             -- program_state
    title            TEXT NOT NULL,              -- what it is called
    about            TEXT NOT NULL,              -- what it is about, for who takes part
    currency         CURRENCY NOT NULL,          -- of its budget and of all money it gives
    version          NUMBER NOT NULL,            -- of its rules in force; 0: it has none yet
    empty            WORDS NOT NULL,             -- program_empty: what happens when the budget is used up
    budget_minor     MONEY_MINOR NOT NULL,       -- set aside for it so far
    given_minor      MONEY_MINOR NOT NULL,       -- of that given, less what was taken back
    since            INSTANT NOT NULL,           -- what happens from then on counts
    until            INSTANT NOT NULL,           -- and before then; 0: without end
    at               INSTANT NOT NULL,           -- made
    moved            INSTANT NOT NULL,           -- state last changed
    CHECK (given_minor <= budget_minor)
);
CREATE INDEX core_program_recent ON core_program (business, id);
CREATE INDEX core_program_module ON core_program (business, module, id) WHERE state <> 'draft';

-- The rules of a program, each version as it was; never changed.
CREATE TABLE core_program_rules (
    program          ID NOT NULL REFERENCES core_program (id), -- whose
    version          NUMBER NOT NULL,            -- from 1
    rules            TEXT NOT NULL,              -- program_rules as JSON
    person           ID NOT NULL,                -- pty_ who made them
    at               INSTANT NOT NULL,           -- in force from then on, until the next version
    PRIMARY KEY (program, version)
);

-- What a rule has given in a period, for its caps.
CREATE TABLE core_program_used (
    program          ID NOT NULL,                -- of which
    rule             WORDS NOT NULL,             -- the rule's name, so that other versions of it count on
    begun            INSTANT NOT NULL,           -- of the period
    party            ID NOT NULL,                -- pty_ to whom at level one; 0: to all, all levels
    minor            NUMBER NOT NULL,            -- minor units, or units
    PRIMARY KEY (program, rule, begun, party)
);

-- What was found about an event: by which version of the rules, from which facts.
CREATE TABLE core_verdict (
    id               KEY,                        -- vrd_
    program          ID NOT NULL REFERENCES core_program (id), -- of which
    version          NUMBER NOT NULL,            -- of the rules that decided
    party            ID NOT NULL,                -- pty_ to whom it is counted
    subject          ID NOT NULL,                -- what happened: an order, an action, an hour of clicks
    state            WORDS NOT NULL,             -- verdict_state
    reason           WORDS NOT NULL,             -- dotted, a text key: why
    facts            TEXT NOT NULL,              -- program_facts as JSON
    at               INSTANT NOT NULL,           -- of the event
    moved            INSTANT NOT NULL,           -- state last changed
    UNIQUE (program, subject, party)
);
CREATE INDEX core_verdict_recent ON core_verdict (program, id);
CREATE INDEX core_verdict_party ON core_verdict (party, program, id);
CREATE INDEX core_verdict_waiting ON core_verdict (program, id) WHERE state = 'waiting';

-- What somebody got by a verdict.
CREATE TABLE core_award (
    id               KEY,                        -- awd_
    verdict          ID NOT NULL REFERENCES core_verdict (id) DEFERRABLE INITIALLY DEFERRED, -- by which
    program          ID NOT NULL,                -- the verdict's
    party            ID NOT NULL,                -- pty_ who gets it
    level            NUMBER NOT NULL,            -- 1: brought it; 2: brought who did; and so on
    rule             WORDS NOT NULL,             -- name of the rule
    sum_minor        MONEY_MINOR NOT NULL,       -- how much at first
    sum_currency     CURRENCY NOT NULL,          -- of it; ZZP points, ZZT tickets
    credit           FLAG NOT NULL,              -- 1: it is to be spent at the business only
    back_minor       MONEY_MINOR NOT NULL,       -- taken back so far
    posting          ID NOT NULL,                -- pst_ by which; the levels of money share one
    hold             ID NOT NULL,                -- hld_ until it can't be taken back; 0: none
    due              INSTANT NOT NULL,           -- free from then on
    at               INSTANT NOT NULL            -- given
);
CREATE INDEX core_award_verdict ON core_award (verdict, posting, level);
CREATE INDEX core_award_party ON core_award (party, program, verdict);
CREATE INDEX core_award_due ON core_award (party, program, due);
CREATE INDEX core_award_program ON core_award (program, id);

-- What somebody got by a program, added up.
CREATE TABLE core_program_sum (
    program          ID NOT NULL,                -- by which
    party            ID NOT NULL,                -- pty_ who
    currency         CURRENCY NOT NULL,          -- of money, points or tickets
    given_minor      NUMBER NOT NULL,            -- in all
    back_minor       NUMBER NOT NULL,            -- of that taken back
    PRIMARY KEY (program, party, currency)
);
