-- Deals, their history and timers, rights, obligations, events and jobs.

-- What a business asks for.
CREATE TABLE core_call (
    id               KEY,                        -- cal_
    flow             WORDS NOT NULL,             -- name of its flow
    state            WORDS NOT NULL,             -- word of its state
    organisation     ID NOT NULL REFERENCES core_party (id), -- who asks
    title            TEXT NOT NULL,              -- in a few words
    body             TEXT NOT NULL,              -- what is wanted
    at               INSTANT NOT NULL,           -- published
    until            INSTANT NOT NULL            -- answers are taken until
);
CREATE INDEX core_call_state ON core_call (flow, state, id);
CREATE INDEX core_call_organisation ON core_call (organisation, id);

-- What participants agree on.
CREATE TABLE core_deal (
    id               KEY,                        -- del_
    flow             WORDS NOT NULL,             -- name of its flow
    state            WORDS NOT NULL,             -- word of its state
    subject          ID NOT NULL,                -- what it is about: a photo
    call             ID REFERENCES core_call (id), -- the call it answers
    supplier         ID NOT NULL REFERENCES core_party (id), -- who gives and is paid
    buyer            ID NOT NULL REFERENCES core_party (id), -- who receives and pays
    price_minor      MONEY_MINOR NOT NULL,       -- as last named
    price_currency   CURRENCY NOT NULL,          -- of it
    at               INSTANT NOT NULL,           -- begun
    moved            INSTANT NOT NULL            -- last changed
);
CREATE INDEX core_deal_subject ON core_deal (subject, id);
CREATE INDEX core_deal_supplier ON core_deal (supplier, flow, state, id);
CREATE INDEX core_deal_buyer ON core_deal (buyer, flow, state, id);
CREATE INDEX core_deal_call ON core_deal (call, id);

-- Participants beyond the two of every deal: co-authors, members of a group, with their shares.
CREATE TABLE core_participant (
    deal             ID NOT NULL REFERENCES core_deal (id), -- which deal
    party            ID NOT NULL REFERENCES core_party (id), -- who
    role             WORDS NOT NULL,             -- participant_role
    share            NUMBER NOT NULL,            -- of 10,000
    PRIMARY KEY (deal, party, role)
);
CREATE INDEX core_participant_party ON core_participant (party, deal);

-- Every step of everything that has states.
CREATE TABLE core_history (
    id               KEY,                        -- time-ordered
    flow             WORDS NOT NULL,             -- name of the flow
    subject          ID NOT NULL,                -- what moved
    event            WORDS NOT NULL,             -- word of the event; "began" first
    from_state       WORDS NOT NULL,             -- left; empty first
    to_state         WORDS NOT NULL,             -- reached
    actor            ID NOT NULL,                -- who; 0: a time limit
    note             TEXT NOT NULL,              -- what they said
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX core_history_subject ON core_history (subject, id);

-- Time limits that run.
CREATE TABLE core_timer (
    subject          ID NOT NULL,                -- what will move
    flow             WORDS NOT NULL,             -- name of the flow
    event            WORDS NOT NULL,             -- the event that will happen
    due              INSTANT NOT NULL,           -- when
    PRIMARY KEY (subject, flow, event)
);
CREATE INDEX core_timer_due ON core_timer (due);

-- Who owes what to whom.
CREATE TABLE core_obligation (
    id               KEY,                        -- obl_
    deal             ID NOT NULL REFERENCES core_deal (id), -- because of which deal
    debtor           ID NOT NULL,                -- who owes
    creditor         ID NOT NULL,                -- to whom
    amount_minor     MONEY_MINOR NOT NULL,       -- how much
    amount_currency  CURRENCY NOT NULL,          -- of it
    state            WORDS NOT NULL,             -- obligation_state
    due              INSTANT NOT NULL,           -- by when
    met              INSTANT NOT NULL DEFAULT 0  -- done; 0: not yet
);
CREATE INDEX core_obligation_deal ON core_obligation (deal);
CREATE INDEX core_obligation_due ON core_obligation (state, due);

-- What passed to whom.
CREATE TABLE core_right (
    id               KEY,                        -- rgt_
    kind             WORDS NOT NULL,             -- right_kind
    grantor          ID NOT NULL REFERENCES core_party (id), -- from whom
    holder           ID NOT NULL REFERENCES core_party (id), -- to whom
    subject          ID NOT NULL,                -- over what
    scope            WORDS NOT NULL,             -- what it allows; the module's word
    territory        WORDS NOT NULL,             -- ISO 3166 codes, or world
    exclusive        FLAG NOT NULL,              -- 1: nobody else meanwhile
    begins           INSTANT NOT NULL,           -- first moment
    ends             INSTANT,                    -- last moment; NULL: for good
    deal             ID NOT NULL                 -- where it came from
);
CREATE INDEX core_right_subject ON core_right (subject, id);
CREATE INDEX core_right_holder ON core_right (holder, id);
CREATE INDEX core_right_grantor ON core_right (grantor, id);
CREATE INDEX core_right_deal ON core_right (deal);
-- One row a subject, taken by each grant, so that grants come one after another.
CREATE TABLE core_right_turn (
    subject          KEY,                        -- over what
    turn             NUMBER NOT NULL             -- how many grants were tried
);

-- What happened, for whoever follows.
CREATE TABLE core_event (
    id               KEY,                        -- evt_
    turn             NUMBER NOT NULL,            -- PostgreSQL: transaction; SQLite: 0
    name             WORDS NOT NULL,             -- dotted
    subject          ID NOT NULL,                -- what it happened to
    party            ID NOT NULL,                -- who did it; 0: a time limit
    note             TEXT NOT NULL,              -- what they said
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX core_event_order ON core_event (turn, id);
-- How far each follower has read.
CREATE TABLE core_consumer (
    name             WORDS NOT NULL PRIMARY KEY, -- the follower
    turn             NUMBER NOT NULL,            -- position: turn of the last event taken
    event            ID NOT NULL                 -- position: its id
);
-- Events that a follower could not take for a fault of ours; kept until someone has looked.
CREATE TABLE core_event_failed (
    consumer         WORDS NOT NULL,             -- the follower
    event            ID NOT NULL,                -- evt_
    problem          WORDS NOT NULL,             -- name of the problem
    at               INSTANT NOT NULL,           -- when
    PRIMARY KEY (consumer, event)
);

-- Work to be done in the background.
CREATE TABLE core_job (
    id               KEY,                        -- job_
    lane             WORDS NOT NULL,             -- job_lane
    kind             WORDS NOT NULL,             -- dotted
    subject          ID NOT NULL,                -- what it is about
    note             TEXT NOT NULL,              -- further words
    state            WORDS NOT NULL,             -- job_state
    due              INSTANT NOT NULL,           -- not before
    tries            NUMBER NOT NULL DEFAULT 0,  -- so far
    problem          WORDS NOT NULL DEFAULT ''   -- name of the last problem
);
CREATE INDEX core_job_due ON core_job (lane, state, due);
CREATE INDEX core_job_subject ON core_job (subject, kind, state);
