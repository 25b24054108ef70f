-- What leads customers to a business, and what came of it.

-- Something that led a customer here, bound to them or to one conversion.
CREATE TABLE referrals_touch (
    id               KEY,                        -- tch_
    program          ID NOT NULL REFERENCES referrals_program (program), -- of which
    partner          ID NOT NULL REFERENCES referrals_partner (id), -- whose
    kind             WORDS NOT NULL,             -- touch_kind
    source           ID NOT NULL,                -- clk_ of a link that was followed, lnk_ whose code was typed; 0: none
    customer         ID NOT NULL,                -- cus_ to whom it is bound; 0: to nobody
    event            ID NOT NULL,                -- the only conversion it is bound to; 0: each of its customer
    at               INSTANT NOT NULL,           -- when it came
    until            INSTANT NOT NULL            -- of a lead: protected until; else 0
);
CREATE INDEX referrals_touch_customer ON referrals_touch (program, customer, id) WHERE customer > 0;
CREATE INDEX referrals_touch_event ON referrals_touch (program, event, id) WHERE event > 0;

-- An order or an action that somebody brought. What it was worth stands in core_verdict.
CREATE TABLE referrals_conversion (
    program          ID NOT NULL REFERENCES referrals_program (program), -- in which
    event            ID NOT NULL,                -- what: an order, an action
    id               ID NOT NULL,                -- cnv_
    what             WORDS NOT NULL,             -- program_trigger: an order, an action
    customer         ID NOT NULL,                -- cus_ whose; 0: not known
    at               INSTANT NOT NULL,           -- when
    basket           INSTANT NOT NULL,           -- when the basket was opened; 0: not known
    total_minor      MONEY_MINOR NOT NULL,       -- what it came to when it was judged
    total_currency   CURRENCY NOT NULL,          -- of that
    partners         NUMBER NOT NULL,            -- who share it
    PRIMARY KEY (program, event),
    UNIQUE (id)
);
CREATE INDEX referrals_conversion_customer ON referrals_conversion (program, customer, event) WHERE customer > 0;
CREATE INDEX referrals_conversion_event ON referrals_conversion (event);

-- Who shares it, and by what.
CREATE TABLE referrals_credit (
    program          ID NOT NULL,                -- the conversion's
    event            ID NOT NULL,                -- of it
    partner          ID NOT NULL REFERENCES referrals_partner (id), -- who
    share            NUMBER NOT NULL,            -- basis points
    touch            ID NOT NULL,                -- tch_ by which; 0: the customer stays theirs
    PRIMARY KEY (program, event, partner)
);

-- What a partner brought so far, for rules by volume.
CREATE TABLE referrals_brought (
    partner          KEY,                        -- rpt_
    orders           NUMBER NOT NULL,            -- orders that count
    minor            NUMBER NOT NULL             -- what they came to, in the program's currency
);
