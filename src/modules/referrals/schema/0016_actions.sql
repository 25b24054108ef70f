-- Actions, in the same form as orders come.

-- What customers did besides ordering, as shops tell it: signed up, subscribed, paid for another month.
CREATE TABLE referrals_action (
    id               KEY,                        -- rac_
    business         ID NOT NULL,                -- pty_ whose customer did it
    number           WORDS NOT NULL,             -- the shop's own number of it
    name             WORDS NOT NULL,             -- what it is called, as rules name it
    customer         ID NOT NULL,                -- cus_ who; 0: not known
    code             WORDS NOT NULL,             -- that was typed; empty: none
    total_minor      MONEY_MINOR NOT NULL,       -- what it came to; 0: nothing, or not told
    total_currency   CURRENCY NOT NULL,          -- of that
    at               INSTANT NOT NULL,           -- when
    reversed         INSTANT NOT NULL,           -- came to nothing; 0: it stands
    UNIQUE (business, number)
);
CREATE INDEX referrals_action_customer ON referrals_action (customer, name, at) WHERE customer > 0;
