-- Parts of a business's customers, by what is known of them.

-- Conditions that all must hold; a member is whoever they hold for now.
CREATE TABLE core_segment (
    id                 KEY,                        -- seg_
    business           ID NOT NULL REFERENCES core_party (id), -- whose customers
    name               TEXT NOT NULL,              -- what the business calls it
    within_days        NUMBER NOT NULL,            -- ordered in these last days; 0: no condition
    idle_days          NUMBER NOT NULL,            -- ordered nothing in these last days; 0: no condition
    orders_least       NUMBER NOT NULL,            -- as many orders at least; 0: no condition
    sum_least_minor    MONEY_MINOR,                -- what they come to at least, less refunds; NULL: no condition
    sum_least_currency CURRENCY,                   -- of that; orders in others don't count
    product            WORDS NOT NULL,             -- number of a product they bought; empty: no condition
    category           TEXT NOT NULL,              -- category of a product they bought; empty: no condition
    country            WORDS NOT NULL,             -- ISO 3166-1 alpha-2; empty: no condition
    reason             WORDS NOT NULL,             -- segment_reason
    counted            NUMBER NOT NULL,            -- members when all were last counted
    counted_at         INSTANT NOT NULL,           -- when; 0: never
    at                 INSTANT NOT NULL,           -- made
    ended              INSTANT NOT NULL            -- taken away; 0: it stands
);
CREATE INDEX core_segment_recent ON core_segment (business, id);

-- All reasons of a business, to write them out.
CREATE INDEX core_consent_recent ON core_consent (business, id);
