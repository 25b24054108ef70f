-- Files, conversations, mail, and money that comes in and goes out.

-- A file from outside, by the hash of its bytes; the bytes lie under DATA/media.
CREATE TABLE core_media (
    hash             WORDS NOT NULL PRIMARY KEY, -- BLAKE2b-256, hex
    format           WORDS NOT NULL,             -- media_format
    width            NUMBER NOT NULL,            -- pixels, orientation applied
    height           NUMBER NOT NULL,            -- pixels
    size             NUMBER NOT NULL,            -- bytes
    duration         NUMBER NOT NULL,            -- milliseconds of a clip; 0: a still
    camera           TEXT NOT NULL,              -- make and model; empty when unknown
    taken            INSTANT,                    -- by its own account
    colour           WORDS NOT NULL,             -- main colour, media_colour
    likeness         NUMBER NOT NULL,            -- perceptual hash, 64 bits
    mirrored         NUMBER NOT NULL,            -- the same of the mirror image
    at               INSTANT NOT NULL            -- came
);

-- What was said about something.
CREATE TABLE core_message (
    id               KEY,                        -- msg_
    subject          ID NOT NULL,                -- a deal, a photo
    author           ID NOT NULL REFERENCES core_party (id), -- the person
    organisation     ID NOT NULL,                -- spoken for; 0: themselves
    body             TEXT NOT NULL,              -- the words
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX core_message_subject ON core_message (subject, id);

-- Mail that waits or went.
CREATE TABLE core_mail (
    id               KEY,                        -- mal_
    recipient        WORDS NOT NULL,             -- address
    party            ID NOT NULL,                -- for whom
    subject          TEXT NOT NULL,              -- line
    body             TEXT NOT NULL,              -- plain text
    state            WORDS NOT NULL,             -- mail_state
    at               INSTANT NOT NULL,           -- written
    sent             INSTANT NOT NULL DEFAULT 0  -- handed over; 0: not yet
);
CREATE INDEX core_mail_party ON core_mail (party, id);

-- Money a business pays in.
CREATE TABLE core_payment (
    id               KEY,                        -- pay_
    organisation     ID NOT NULL REFERENCES core_party (id), -- who pays in
    rail             WORDS NOT NULL,             -- which way: test, bank
    amount_minor     MONEY_MINOR NOT NULL,       -- how much
    amount_currency  CURRENCY NOT NULL,          -- of it
    reference        WORDS NOT NULL,             -- what the transfer must quote
    state            WORDS NOT NULL,             -- payment_state
    at               INSTANT NOT NULL,           -- announced
    moved            INSTANT NOT NULL,           -- last changed
    UNIQUE (reference)
);
CREATE INDEX core_payment_organisation ON core_payment (organisation, id);
CREATE INDEX core_payment_state ON core_payment (state, id);

-- Where a person wants to be paid.
CREATE TABLE core_bank (
    party            KEY,                        -- whose
    holder           TEXT NOT NULL,              -- name on the account
    iban             WORDS NOT NULL,             -- without blanks, checked
    at               INSTANT NOT NULL            -- set
);

-- Money a person takes out.
CREATE TABLE core_payout (
    id               KEY,                        -- out_
    party            ID NOT NULL REFERENCES core_party (id), -- whose
    amount_minor     MONEY_MINOR NOT NULL,       -- how much
    amount_currency  CURRENCY NOT NULL,          -- of it
    holder           TEXT NOT NULL,              -- name on the account, as it was
    iban             WORDS NOT NULL,             -- account, as it was
    state            WORDS NOT NULL,             -- payout_state
    at               INSTANT NOT NULL,           -- asked
    moved            INSTANT NOT NULL            -- last changed
);
CREATE INDEX core_payout_party ON core_payout (party, id);
CREATE INDEX core_payout_state ON core_payout (state, id);

-- Words that find a thing: our tokens, see core/search.h.
-- on sqlite
CREATE VIRTUAL TABLE core_search USING fts5 (tokens, content='', detail=none, tokenize="ascii tokenchars '_'");
-- on postgresql
CREATE TABLE core_search (
    rowid            KEY,                        -- the thing
    tokens           TSVECTOR NOT NULL           -- its words
);
CREATE INDEX core_search_tokens ON core_search USING gin (tokens);
-- on both
-- What is in core_search, so that it can be taken out again.
CREATE TABLE core_search_text (
    subject          KEY,                        -- the thing
    tokens           TEXT NOT NULL               -- as given to core_search
);
-- Every word with how often it is used, for typos.
CREATE TABLE core_search_word (
    word             WORDS NOT NULL PRIMARY KEY, -- a token people may type
    uses             NUMBER NOT NULL             -- in how many things
);
