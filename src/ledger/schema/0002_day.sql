-- Days of the journal that are closed, and what accounts held at their end.

-- A closed day; never changed, never deleted. Each names the one before by its hash.
CREATE TABLE ledger_day (
    day              KEY,                        -- since 1970 in UTC; each follows the last
    from_posting     ID NOT NULL,                -- the first id that belongs to it
    through_posting  ID NOT NULL,                -- the last id that belongs to it
    postings         NUMBER NOT NULL,            -- how many there are between
    transfers        NUMBER NOT NULL,            -- how many they have
    previous         WORDS NOT NULL,             -- hash of the day before; zeros for the first
    hash             WORDS NOT NULL,             -- BLAKE2b-256 over all of it, see ledger/day.h
    signature        WORDS NOT NULL,             -- Ed25519 over the hash
    public_key       WORDS NOT NULL,             -- whose signature
    at               INSTANT NOT NULL            -- closed
);

-- What an account held at the end of a day on which it moved; counts once that day is closed.
CREATE TABLE ledger_day_balance (
    account          ID NOT NULL REFERENCES ledger_account (id), -- which
    day              NUMBER NOT NULL,            -- at whose end, since 1970 in UTC
    balance_minor    MONEY_MINOR NOT NULL,       -- posted in less posted out until then
    PRIMARY KEY (account, day)
);
