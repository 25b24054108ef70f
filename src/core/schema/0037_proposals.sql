-- Rules that a business looks at before they are in force: what they would have given for all that happened so far.

-- What is proposed for a program; there is one at most, and it is gone once it is in force.
CREATE TABLE core_proposal (
    program          KEY,                        -- prg_ for which
    id               ID NOT NULL,                -- ppl_ another one each time it is changed
    version          NUMBER NOT NULL,            -- of the rules in force that it is compared with
    rules            TEXT NOT NULL,              -- program_rules as JSON
    person           ID NOT NULL,                -- pty_ who proposed it
    at               INSTANT NOT NULL,           -- when
    looked           NUMBER NOT NULL,            -- verdicts replayed so far
    changed          NUMBER NOT NULL,            -- people who would get more or less
    counted          INSTANT NOT NULL,           -- replayed to the end; 0: not yet
    fault            WORDS NOT NULL              -- text key: why it can't be counted; empty: it can
);

-- What it comes to: in all first, then for whom it changes most.
CREATE TABLE core_proposal_sum (
    program          ID NOT NULL,                -- for which
    proposal         ID NOT NULL,                -- ppl_ by which
    place            NUMBER NOT NULL,            -- 0..3: all together, by what is given; then one line a person and kind
    party            ID NOT NULL,                -- pty_ who; 0: all
    currency         CURRENCY NOT NULL,          -- of money, points or tickets
    credit           FLAG NOT NULL,              -- 1: to be spent at the business only
    before_minor     NUMBER NOT NULL,            -- by the rules in force
    after_minor      NUMBER NOT NULL,            -- by those proposed
    PRIMARY KEY (program, proposal, place)
);
