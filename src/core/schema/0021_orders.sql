-- What happens in shops of businesses: orders, what was ordered, who ordered. Nothing of it is in the ledger.

-- Whoever buys at a business, as that business knows them.
CREATE TABLE core_customer (
    id               KEY,                        -- cus_
    business         ID NOT NULL REFERENCES core_party (id), -- whose customer
    reference        WORDS NOT NULL,             -- the shop's own number of them; @ and the mark of the mail: it has none
    mail             WORDS NOT NULL,             -- mark of the mail address (core/sign/sign.h), hex; empty: not known
    name             TEXT NOT NULL,              -- as the shop calls them; may be empty
    country          WORDS NOT NULL,             -- ISO 3166-1 alpha-2; may be empty
    party            ID REFERENCES core_party (id), -- who signs in here with that mail; NULL: nobody did
    import           ID NOT NULL DEFAULT 0,      -- import that wrote it last; 0: none did
    UNIQUE (business, reference)
);
CREATE INDEX core_customer_mail ON core_customer (business, mail) WHERE mail <> '';
CREATE INDEX core_customer_recent ON core_customer (business, id);

-- What a business sells.
CREATE TABLE core_product (
    id               KEY,                        -- prd_
    business         ID NOT NULL REFERENCES core_party (id), -- who sells it
    number           WORDS NOT NULL,             -- the shop's own number of it
    title            TEXT NOT NULL,              -- what it is called
    category         TEXT NOT NULL,              -- where it stands in the shop; may be empty
    price_minor      MONEY_MINOR,                -- asked now; NULL: not known
    price_currency   CURRENCY,                   -- of that
    link             WORDS NOT NULL,             -- its page in the shop; may be empty
    picture          WORDS NOT NULL,             -- address of its picture; may be empty
    updated          INSTANT NOT NULL,           -- as of when all this is
    import           ID NOT NULL DEFAULT 0,      -- import that wrote it last; 0: none did
    UNIQUE (business, number)
);
CREATE INDEX core_product_recent ON core_product (business, id);

-- What a customer ordered.
CREATE TABLE core_order (
    id               KEY,                        -- ord_
    business         ID NOT NULL REFERENCES core_party (id), -- who sold
    number           WORDS NOT NULL,             -- the shop's own number of it
    customer         ID REFERENCES core_customer (id), -- who ordered; NULL: the shop does not say
    state            WORDS NOT NULL,             -- order_state
    source           WORDS NOT NULL,             -- order_source
    total_minor      MONEY_MINOR NOT NULL,       -- to be paid for all of it, after discounts
    total_currency   CURRENCY NOT NULL,          -- of all sums of it
    discount_minor   MONEY_MINOR NOT NULL,       -- what discounts took off
    refunded_minor   MONEY_MINOR NOT NULL,       -- given back so far; never above the total
    codes            TEXT NOT NULL,              -- discount codes used, with commas between
    placed           INSTANT NOT NULL,           -- when it was ordered; 0 while it is expected
    updated          INSTANT NOT NULL,           -- as of when all this is
    cancelled        INSTANT NOT NULL,           -- since when it is off; 0: it is not
    fingerprint      WORDS NOT NULL,             -- of what was said about it, hex
    import           ID NOT NULL DEFAULT 0,      -- import that wrote it last; 0: none did
    UNIQUE (business, number)
);
CREATE INDEX core_order_recent ON core_order (business, id);
CREATE INDEX core_order_customer ON core_order (customer, id) WHERE customer IS NOT NULL;

-- What was in an order.
CREATE TABLE core_order_line (
    of_order         ID NOT NULL REFERENCES core_order (id), -- which
    line             NUMBER NOT NULL,            -- its place there, from 1
    product          WORDS NOT NULL,             -- the shop's own number of the product; may be empty
    title            TEXT NOT NULL,              -- what it was called
    quantity         NUMBER NOT NULL,            -- how many
    total_minor      MONEY_MINOR NOT NULL,       -- for all of them, after discounts
    discount_minor   MONEY_MINOR NOT NULL,       -- what discounts took off
    PRIMARY KEY (of_order, line)
);

-- What was given back of an order.
CREATE TABLE core_order_refund (
    id               KEY,                        -- rfn_
    of_order         ID NOT NULL REFERENCES core_order (id), -- of which
    number           WORDS NOT NULL,             -- the shop's own number of it
    amount_minor     MONEY_MINOR NOT NULL,       -- how much
    amount_currency  CURRENCY NOT NULL,          -- of that
    note             TEXT NOT NULL,              -- why; may be empty
    state            WORDS NOT NULL,             -- refund_state
    at               INSTANT NOT NULL,           -- when
    UNIQUE (of_order, number)
);
