-- Units that a business gave, that were used at its checkout, and uses that were taken back.

-- What was said with a posting of units; who did it is told to the business, not to the person.
CREATE TABLE core_reward (
    posting          KEY REFERENCES ledger_posting (id), -- by which the units moved
    issuer           ID NOT NULL REFERENCES core_party (id), -- whose promise they are
    party            ID NOT NULL REFERENCES core_party (id), -- who got them or used them
    actor            ID NOT NULL REFERENCES core_party (id), -- who of the issuer did it
    what             WORDS NOT NULL,             -- reward_what
    units_minor      MONEY_MINOR NOT NULL,       -- how many
    units_currency   CURRENCY NOT NULL,          -- which
    price_minor      MONEY_MINOR,                -- of what was bought; NULL: nothing was
    price_currency   CURRENCY,                   -- of that
    paid_minor       MONEY_MINOR,                -- what of the price the units paid
    paid_currency    CURRENCY,                   -- of that
    note             TEXT NOT NULL,              -- what the person reads; may be empty
    corrects         ID REFERENCES core_reward (posting), -- the use that it takes back
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX core_reward_issuer ON core_reward (issuer, posting);
CREATE INDEX core_reward_corrects ON core_reward (corrects) WHERE corrects IS NOT NULL;
