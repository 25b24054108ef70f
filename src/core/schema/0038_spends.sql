-- Units of people that a shop reserves for an order and uses for it.

-- A part of the price of one order that units of one kind pay.
CREATE TABLE core_spend (
    id               KEY,                        -- spn_
    business         ID NOT NULL REFERENCES core_party (id), -- at whose checkout
    party            ID NOT NULL REFERENCES core_party (id), -- whose units
    actor            ID NOT NULL REFERENCES core_party (id), -- who of the business reserved them
    number           WORDS NOT NULL,             -- the shop's own number of the order
    state            WORDS NOT NULL,             -- spend_state
    units_minor      MONEY_MINOR NOT NULL,       -- reserved at first
    units_currency   CURRENCY NOT NULL,          -- ZZP points, of credit its currency
    price_minor      MONEY_MINOR NOT NULL,       -- of which they pay a part
    price_currency   CURRENCY NOT NULL,          -- of that
    paid_minor       MONEY_MINOR NOT NULL,       -- what all of them pay, as reserved
    paid_currency    CURRENCY NOT NULL,          -- of that
    hold             ID NOT NULL,                -- hld_ what reserves them
    posting          ID NOT NULL,                -- pst_ by which they were used; 0: not yet
    used_minor       MONEY_MINOR NOT NULL,       -- units that were used
    at               INSTANT NOT NULL,           -- reserved
    until            INSTANT NOT NULL,           -- let go then by itself, unless used before
    moved            INSTANT NOT NULL,           -- state last changed
    UNIQUE (business, number, units_currency)
);
CREATE INDEX core_spend_recent ON core_spend (business, id);
CREATE INDEX core_spend_party ON core_spend (party, id);
