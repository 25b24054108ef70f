-- What a business offers one partner: rates and a fee of their own. A deal (core_deal) with these beside it.
CREATE TABLE referrals_offer (
    deal             KEY,                        -- del_
    partner          ID NOT NULL REFERENCES referrals_partner (id), -- to whom
    program          ID NOT NULL,                -- the partner's
    levels           NUMBER NOT NULL,            -- for so many levels a rate is named; 0: for none
    level_1          NUMBER NOT NULL,            -- basis points of an order for who brought it
    level_2          NUMBER NOT NULL,            -- for who brought them
    level_3          NUMBER NOT NULL,            -- for who brought those
    message          TEXT NOT NULL,              -- what the business says
    answer           TEXT NOT NULL,              -- what the partner says who wants it otherwise
    hold             ID NOT NULL,                -- hld_ the fee set aside; 0: none
    until            INSTANT NOT NULL            -- lapses then
);
CREATE INDEX referrals_offer_partner ON referrals_offer (partner, deal);
CREATE INDEX referrals_offer_program ON referrals_offer (program, deal);

-- The rates agreed with a partner last, for the orders they bring from then on.
CREATE TABLE referrals_agreed (
    partner          KEY,                        -- rpt_
    deal             ID NOT NULL,                -- del_ by which
    levels           NUMBER NOT NULL,            -- for so many levels
    level_1          NUMBER NOT NULL,            -- basis points of an order for who brought it
    level_2          NUMBER NOT NULL,            -- for who brought them
    level_3          NUMBER NOT NULL             -- for who brought those
);
