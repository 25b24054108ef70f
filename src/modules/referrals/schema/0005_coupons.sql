-- Codes that take something off at the till, and how often they were used.

-- A code of a program, or one of many that are used once.
CREATE TABLE referrals_coupon (
    id               KEY,                        -- cpn_
    program          ID NOT NULL REFERENCES referrals_program (program), -- whose budget nothing is taken from: the shop gives it
    partner          ID REFERENCES referrals_partner (id), -- for whom an order with it counts; NULL: for nobody
    code             WORDS NOT NULL,             -- folded (referrals_fold_code()); no link has it
    spelling         WORDS NOT NULL,             -- as it is shown
    percent          NUMBER NOT NULL,            -- basis points off; 0: a sum
    off_minor        NUMBER NOT NULL,            -- minor units of the program's currency off; 0: a percentage
    least_minor      NUMBER NOT NULL,            -- a basket comes to as much at least
    products         TEXT NOT NULL,              -- numbers of the products it is for, one a line; empty: all
    categories       TEXT NOT NULL,              -- categories it is for, one a line; empty: all
    since            INSTANT NOT NULL,           -- valid from then on
    until            INSTANT NOT NULL,           -- and before; 0: without end
    uses             NUMBER NOT NULL,            -- so many in all; 0: any number
    uses_each        NUMBER NOT NULL,            -- so many of one customer; 0: any number
    used             NUMBER NOT NULL,            -- uses that are used or kept (referrals_coupon_use)
    paused           INSTANT NOT NULL,           -- since when it is; 0: it is not
    at               INSTANT NOT NULL,           -- made
    UNIQUE (code)
);
CREATE INDEX referrals_coupon_program ON referrals_coupon (program, id);
CREATE INDEX referrals_coupon_partner ON referrals_coupon (partner, id) WHERE partner IS NOT NULL;

-- A use of a code, by an order of the shop.
CREATE TABLE referrals_coupon_use (
    coupon           ID NOT NULL REFERENCES referrals_coupon (id), -- of which
    number           WORDS NOT NULL,             -- the shop's own number of the order
    buyer            WORDS NOT NULL,             -- mark of the customer's mail address; empty: not known
    state            WORDS NOT NULL,             -- coupon_use_state
    finding          WORDS NOT NULL,             -- coupon_finding: why it was refused
    until            INSTANT NOT NULL,           -- kept until; 0: not only kept
    at               INSTANT NOT NULL,           -- came
    PRIMARY KEY (coupon, number)
);
CREATE INDEX referrals_coupon_use_buyer ON referrals_coupon_use (coupon, buyer) WHERE buyer <> '';
CREATE INDEX referrals_coupon_use_kept ON referrals_coupon_use (coupon, until) WHERE until > 0;
