-- Customers whom partners met in person, registered before they order.

-- Programs that take leads.
CREATE TABLE referrals_lead_terms (
    program          KEY,                        -- prg_
    days             NUMBER NOT NULL,            -- a lead is protected so long; 0: none is taken
    most             NUMBER NOT NULL             -- of one partner at once
);

-- Somebody whom a partner met. Of the mail address only a mark is kept.
CREATE TABLE referrals_lead (
    id               KEY,                        -- led_
    program          ID NOT NULL REFERENCES referrals_program (program), -- in which
    partner          ID NOT NULL REFERENCES referrals_partner (id), -- who met them
    mail             WORDS NOT NULL,             -- mark of the mail address, as of customers (core_customer)
    name             TEXT NOT NULL,              -- as the partner calls them, for the partner alone
    met              TEXT NOT NULL,              -- where and when they agreed to be registered
    at               INSTANT NOT NULL,           -- registered
    until            INSTANT NOT NULL,           -- protected until
    customer         ID NOT NULL,                -- cus_ who they turned out to be; 0: they have not ordered yet
    known            FLAG NOT NULL,              -- 1: they had ordered before they were registered
    UNIQUE (partner, mail)
);
CREATE INDEX referrals_lead_mail ON referrals_lead (program, mail, id);
CREATE INDEX referrals_lead_partner ON referrals_lead (partner, id);
