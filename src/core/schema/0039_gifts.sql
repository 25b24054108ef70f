-- What rules of programs give to customers who have no account yet.

-- Points or credit that wait for whoever confirms a mail address. Nobody is written to about it.
CREATE TABLE core_gift (
    id               KEY,                        -- gft_
    verdict          ID NOT NULL REFERENCES core_verdict (id) DEFERRABLE INITIALLY DEFERRED, -- by which
    program          ID NOT NULL REFERENCES core_program (id), -- the verdict's
    business         ID NOT NULL REFERENCES core_party (id), -- who gives
    subject          ID NOT NULL,                -- what happened
    mail             WORDS NOT NULL,             -- mark of the customer's mail address
    rule             WORDS NOT NULL,             -- name of the rule
    sum_minor        MONEY_MINOR NOT NULL,       -- how much at first
    sum_currency     CURRENCY NOT NULL,          -- of it; ZZP points, of credit its currency
    back_minor       MONEY_MINOR NOT NULL,       -- of that gone before it was given, since the order was given back
    state            WORDS NOT NULL,             -- gift_state
    at               INSTANT NOT NULL,           -- kept
    moved            INSTANT NOT NULL            -- state last changed
);
CREATE INDEX core_gift_verdict ON core_gift (verdict, id);
CREATE INDEX core_gift_mail ON core_gift (mail, id) WHERE state = 'waiting';
