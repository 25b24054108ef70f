-- Accounts, postings, transfers, holds and idempotency keys.

-- One currency of one party for one purpose.
CREATE TABLE ledger_account (
    id               KEY,                        -- acc_
    party            ID NOT NULL,                -- whose; 0 is the intermediary
    purpose          WORDS NOT NULL,             -- account_purpose
    currency         CURRENCY NOT NULL,          -- ISO 4217
    balance_minor    MONEY_MINOR NOT NULL DEFAULT 0, -- posted in less posted out
    held_minor       MONEY_MINOR NOT NULL DEFAULT 0, -- reserved by open holds, part of the balance
    overdraft        FLAG NOT NULL DEFAULT 0,    -- 1: may go below zero (the world outside)
    CHECK (held_minor >= 0),
    CHECK (overdraft = 1 OR balance_minor >= held_minor),
    UNIQUE (party, purpose, currency)
);

-- Linked transfers that happened together, from one template.
CREATE TABLE ledger_posting (
    id               KEY,                        -- pst_
    template         WORDS NOT NULL,             -- posting_template.name
    subject          ID NOT NULL,                -- the deal, payment or payout behind it
    legs             NUMBER NOT NULL,            -- how many transfers belong to it
    digest           WORDS NOT NULL,             -- BLAKE2b-128 over its transfers, for the audit
    corrects         ID REFERENCES ledger_posting (id), -- the posting it takes back
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX ledger_posting_subject ON ledger_posting (subject, id);

-- One amount from one account to another; never changed, never deleted.
CREATE TABLE ledger_transfer (
    id               KEY,                        -- trf_
    posting          ID NOT NULL REFERENCES ledger_posting (id), -- the linked set
    from_account     ID NOT NULL REFERENCES ledger_account (id), -- debited
    to_account       ID NOT NULL REFERENCES ledger_account (id), -- credited
    amount_minor     MONEY_MINOR NOT NULL CHECK (amount_minor > 0), -- how much
    amount_currency  CURRENCY NOT NULL,          -- of both accounts
    reason           WORDS NOT NULL,             -- text key of the sentence why
    at               INSTANT NOT NULL,           -- when
    CHECK (from_account <> to_account)
);
CREATE INDEX ledger_transfer_posting ON ledger_transfer (posting, id);
CREATE INDEX ledger_transfer_from ON ledger_transfer (from_account, id);
CREATE INDEX ledger_transfer_to ON ledger_transfer (to_account, id);

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
