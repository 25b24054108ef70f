-- Accounts, postings, transfers, holds and idempotency keys.

-- One asset of one party for one purpose. An asset is a currency, or units that somebody promised.
CREATE TABLE ledger_account (
    id               KEY,                        -- acc_
    party            ID NOT NULL,                -- whose; 0 is the intermediary
    purpose          WORDS NOT NULL,             -- account_purpose
    currency         CURRENCY NOT NULL,          -- ISO 4217, or a code of ours for points and tickets
    issuer           ID NOT NULL DEFAULT 0,      -- whose promise the units are; 0: money, nobody's
    balance_minor    MONEY_MINOR NOT NULL DEFAULT 0, -- posted in less posted out
    held_minor       MONEY_MINOR NOT NULL DEFAULT 0, -- reserved by open holds, part of the balance
    floor_minor      MONEY_MINOR DEFAULT 0,      -- what is free may not be spent below; NULL: no end
    ceiling_minor    MONEY_MINOR,                -- the balance may not come above; NULL: no end
    daily_minor      MONEY_MINOR,                -- may leave in a day (UTC); NULL: no end
    out_day          NUMBER NOT NULL DEFAULT 0,  -- the last day of which something left, since 1970
    out_minor        MONEY_MINOR NOT NULL DEFAULT 0, -- how much left on it
    owed_minor       MONEY_MINOR NOT NULL DEFAULT 0, -- what corrections took below the floor
    CHECK (held_minor >= 0 AND out_minor >= 0 AND owed_minor >= 0),
    CHECK (floor_minor IS NULL OR balance_minor - held_minor >= floor_minor - owed_minor),
    UNIQUE (party, purpose, currency, issuer)
);

-- What happened to an account that everybody touches, until it is added to its balance. On PostgreSQL
-- only: there a row that is changed makes everybody wait who changes it, too.
CREATE TABLE ledger_difference (
    id               KEY,                        -- order of adding
    account          ID NOT NULL REFERENCES ledger_account (id), -- which
    balance_minor    MONEY_MINOR NOT NULL        -- added to its balance
);
CREATE INDEX ledger_difference_account ON ledger_difference (account);

-- An account with what happened to it.
CREATE VIEW ledger_account_now AS
SELECT a.id, a.party, a.purpose, a.currency, a.issuer,
       CAST(a.balance_minor + COALESCE((SELECT SUM(d.balance_minor) FROM ledger_difference d
                                        WHERE d.account = a.id), 0) AS BIGINT) AS balance_minor,
       a.held_minor, a.floor_minor, a.ceiling_minor, a.daily_minor, a.out_day, a.out_minor, a.owed_minor
FROM ledger_account a;

-- Linked transfers that happened together, from one template.
CREATE TABLE ledger_posting (
    id               KEY,                        -- pst_
    template         WORDS NOT NULL,             -- posting_template.name
    subject          ID NOT NULL,                -- the deal, payment or payout behind it
    legs             NUMBER NOT NULL,            -- how many transfers belong to it
    digest           WORDS NOT NULL,             -- BLAKE2b-128 over its transfers, for the audit
    corrects         ID REFERENCES ledger_posting (id), -- the posting it takes back
    follows          ID REFERENCES ledger_posting (id), -- the posting whose money it shares on
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX ledger_posting_subject ON ledger_posting (subject, id);
CREATE INDEX ledger_posting_follows ON ledger_posting (follows, id) WHERE follows IS NOT NULL;

-- One amount from one account to another; never changed, never deleted.
CREATE TABLE ledger_transfer (
    id               KEY,                        -- trf_
    posting          ID NOT NULL,                -- the linked set
    from_account     ID NOT NULL,                -- debited
    to_account       ID NOT NULL,                -- credited
    amount_minor     MONEY_MINOR NOT NULL CHECK (amount_minor > 0), -- how much
    amount_currency  CURRENCY NOT NULL,          -- of both accounts
    reason           WORDS NOT NULL,             -- text key of the sentence why
    corrects         ID REFERENCES ledger_transfer (id), -- the transfer it takes back, in full or part
    at               INSTANT NOT NULL,           -- when
    CHECK (from_account <> to_account)
);
CREATE INDEX ledger_transfer_corrects ON ledger_transfer (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX ledger_transfer_posting ON ledger_transfer (posting, id);
CREATE INDEX ledger_transfer_from ON ledger_transfer (from_account, id);
CREATE INDEX ledger_transfer_to ON ledger_transfer (to_account, id);

-- At which rate one currency was given for another.
CREATE TABLE ledger_rate (
    posting          KEY REFERENCES ledger_posting (id), -- the exchange
    from_currency    CURRENCY NOT NULL,          -- given
    to_currency      CURRENCY NOT NULL,          -- got
    numerator        NUMBER NOT NULL CHECK (numerator > 0), -- whole units got
    denominator      NUMBER NOT NULL CHECK (denominator > 0), -- for so many given
    source           TEXT NOT NULL,              -- who says so
    at               INSTANT NOT NULL            -- of when it is
);

-- Money reserved.
CREATE TABLE ledger_hold (
    id               KEY,                        -- hld_
    account          ID NOT NULL REFERENCES ledger_account (id), -- where it lies
    amount_minor     MONEY_MINOR NOT NULL CHECK (amount_minor > 0), -- reserved
    amount_currency  CURRENCY NOT NULL,          -- of the account
    state            WORDS NOT NULL,             -- hold_state
    subject          ID NOT NULL,                -- the deal it waits for
    posting          ID REFERENCES ledger_posting (id), -- what it became
    at               INSTANT NOT NULL,           -- made
    until            INSTANT NOT NULL            -- gives itself back then; 0: never
);
CREATE INDEX ledger_hold_account ON ledger_hold (account, state);
CREATE INDEX ledger_hold_until ON ledger_hold (state, until);
CREATE INDEX ledger_hold_subject ON ledger_hold (subject);

-- Calls that were answered, so that a repeat is answered the same.
CREATE TABLE ledger_once (
    party            ID NOT NULL,                -- who called
    key              WORDS NOT NULL,             -- idempotency key they chose
    fingerprint      WORDS NOT NULL,             -- digest of the content
    result           ID NOT NULL,                -- what was made; 0 until the call ends
    at               INSTANT NOT NULL,           -- when, for forgetting after 30 days
    PRIMARY KEY (party, key)
);
CREATE INDEX ledger_once_at ON ledger_once (at);
