-- Units that somebody promises instead of money, and when they end.

-- The rules of one kind of units of one issuer; the newest is in force.
CREATE TABLE ledger_promise (
    issuer           ID NOT NULL,                -- who promises
    currency         CURRENCY NOT NULL,          -- the unit: ZZP points, ZZT tickets, of credit its money
    since            INSTANT NOT NULL,           -- in force from then on
    kind             WORDS NOT NULL,             -- promise_kind
    days             NUMBER NOT NULL,            -- a grant ends so many days after it was made; 0: never
    told_days        NUMBER NOT NULL,            -- its end is told so many days before; 0: not
    least            NUMBER NOT NULL,            -- units that are used at once, at least
    part             NUMBER NOT NULL,            -- of a price they pay at most, basis points
    worth_minor      MONEY_MINOR,                -- what `per` of them pay; NULL: nothing
    worth_currency   CURRENCY,                   -- of that
    per              NUMBER NOT NULL CHECK (per > 0), -- units that are worth so much
    PRIMARY KEY (issuer, currency, since)
);

-- Units that were given and end together. What is used is counted against what ends first, see
-- ledger/promise.h; a row is gone once its day is over.
CREATE TABLE ledger_grant (
    transfer         KEY REFERENCES ledger_transfer (id), -- by which they were given
    account          ID NOT NULL REFERENCES ledger_account (id), -- where to
    minor            MONEY_MINOR NOT NULL CHECK (minor >= 0), -- units, less what was taken back
    until            INSTANT NOT NULL,           -- they end then; 0: never
    tell             INSTANT NOT NULL            -- their owner is told then that they end; 0: was told, or never is
);
CREATE INDEX ledger_grant_account ON ledger_grant (account, until);
CREATE INDEX ledger_grant_until ON ledger_grant (until) WHERE until > 0;
CREATE INDEX ledger_grant_tell ON ledger_grant (tell) WHERE tell > 0;
