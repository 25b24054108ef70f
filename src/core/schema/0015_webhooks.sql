-- Webhooks: who wants to be told by programs of their own, and what was said to them.

-- Receivers.
CREATE TABLE core_hook (
    id               KEY,                        -- whk_
    owner            ID NOT NULL REFERENCES core_party (id), -- whose
    address          TEXT NOT NULL,              -- where messages are posted
    about            TEXT NOT NULL,              -- what it is for, in its owner's words
    events           TEXT NOT NULL,              -- names of events with blanks between
    secret           WORDS NOT NULL,             -- signs; sealed under the installation's key, hex
    former           WORDS NOT NULL DEFAULT '',  -- the secret before, sealed; empty: none
    former_until     INSTANT NOT NULL DEFAULT 0, -- that signs, too, until then
    state            WORDS NOT NULL,             -- hook_state
    failing          INSTANT NOT NULL DEFAULT 0, -- first failure since the last success; 0: none
    resumed          INSTANT NOT NULL DEFAULT 0, -- last taken up again; 0: never
    at               INSTANT NOT NULL            -- registered
);
CREATE INDEX core_hook_owner ON core_hook (owner, id);

-- Messages, one for each receiver and event; kept for 30 days.
CREATE TABLE core_hook_message (
    id               KEY,                        -- whm_; of one receiver in the order of events
    hook             ID NOT NULL REFERENCES core_hook (id), -- to whom
    kind             WORDS NOT NULL,             -- name of the event
    subject          ID NOT NULL,                -- what it is about; those about one thing go in order
    body             TEXT NOT NULL,              -- JSON as it is posted
    state            WORDS NOT NULL,             -- hook_message_state
    due              INSTANT NOT NULL,           -- not before; 0: not before the one ahead is through
    lease            INSTANT NOT NULL DEFAULT 0, -- on its way until then at most; 0: is not
    since            INSTANT NOT NULL,           -- tried since; the three days are counted from here
    late             FLAG NOT NULL DEFAULT 0,    -- 1: those behind it no longer wait for it
    tries            NUMBER NOT NULL DEFAULT 0,  -- since then
    attempts         NUMBER NOT NULL DEFAULT 0,  -- in all
    outcome          WORDS NOT NULL DEFAULT '',  -- hook_outcome of the last attempt; empty: none yet
    status           NUMBER NOT NULL DEFAULT 0,  -- HTTP, of it
    at               INSTANT NOT NULL            -- the event happened
);
CREATE INDEX core_hook_message_due ON core_hook_message (state, hook, due);
CREATE INDEX core_hook_message_subject ON core_hook_message (hook, subject, state, id);
CREATE INDEX core_hook_message_log ON core_hook_message (hook, id);
CREATE INDEX core_hook_message_state ON core_hook_message (hook, state, id);

-- What came of each attempt to deliver one.
CREATE TABLE core_hook_attempt (
    message          ID NOT NULL REFERENCES core_hook_message (id), -- which
    number           NUMBER NOT NULL,            -- from 1
    at               INSTANT NOT NULL,           -- begun
    outcome          WORDS NOT NULL,             -- hook_outcome
    status           NUMBER NOT NULL,            -- HTTP; 0: no answer
    took             NUMBER NOT NULL,            -- milliseconds
    answer           TEXT NOT NULL,              -- beginning of it, 1 KB at most
    PRIMARY KEY (message, number)
);
