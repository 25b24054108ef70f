-- Who brings people to a business, by what, and what came of it.

-- What a program of referrals says beyond core_program.
CREATE TABLE referrals_program (
    program          KEY,                        -- prg_
    landing          WORDS NOT NULL,             -- https address to which its links lead
    hosts            WORDS NOT NULL,             -- hosts to which links may lead, one a line; the landing's among them
    model            WORDS NOT NULL,             -- attribution_model
    window_days      NUMBER NOT NULL,            -- a touch counts so many days, 1 to 365
    code_first       FLAG NOT NULL,              -- 1: a code beats a link; 0: a link beats a code
    late_days        NUMBER NOT NULL,            -- a buyer may say who sent them so many days after; 0: not
    bound_months     NUMBER NOT NULL,            -- a customer's later orders are the first one's partners' so long; 0: not
    joining          WORDS NOT NULL              -- referrals_joining
);

-- Somebody who takes part in a program.
CREATE TABLE referrals_partner (
    id               KEY,                        -- rpt_
    program          ID NOT NULL REFERENCES referrals_program (program), -- in which
    person           ID NOT NULL,                -- pty_ who
    upline           ID REFERENCES referrals_partner (id), -- who brought them; NULL: nobody
    state            WORDS NOT NULL,             -- referrals_partner_state
    moved            INSTANT NOT NULL,           -- last changed
    at               INSTANT NOT NULL,           -- joined
    UNIQUE (program, person)
);
CREATE INDEX referrals_partner_person ON referrals_partner (person, id);
CREATE INDEX referrals_partner_recent ON referrals_partner (program, id);
CREATE INDEX referrals_partner_upline ON referrals_partner (upline, id) WHERE upline IS NOT NULL;

-- An address of ours that leads to the business: /r/CODE.
CREATE TABLE referrals_link (
    id               KEY,                        -- lnk_
    partner          ID NOT NULL REFERENCES referrals_partner (id), -- whose
    program          ID NOT NULL,                -- the partner's
    code             WORDS NOT NULL,             -- folded, so that all that look alike are one (referrals_fold_code())
    spelling         WORDS NOT NULL,             -- as it is shown: capitals, hyphens and all
    target           WORDS NOT NULL,             -- https address to which it leads
    state            WORDS NOT NULL,             -- referrals_link_state
    at               INSTANT NOT NULL,           -- made
    change           ID NOT NULL,                -- of the write that changed it last: subject of an event referrals.links
    UNIQUE (code)
);
CREATE INDEX referrals_link_partner ON referrals_link (partner, id);
CREATE INDEX referrals_link_change ON referrals_link (change, id);

-- Somebody followed a link. Written once, never changed; what is judged about it later stands in referrals_doubt.
-- The clicks of a link in an hour hang on each other, newest first, from referrals_hour.latest: a chain costs a
-- number, an index by link would cost a page of the disk for each click.
CREATE TABLE referrals_click (
    id               KEY,                        -- clk_; its time is when it was written
    link             ID NOT NULL,                -- lnk_
    prior            ID NOT NULL,                -- clk_ before it of the same link and hour; 0: it was the first
    at               INSTANT NOT NULL,           -- when it came
    marks            NUMBER NOT NULL,            -- click_mark, added up: what can be seen at once
    visitor          NUMBER NOT NULL,            -- 64 bits of a mark of address and browser that changes each day
    network          NUMBER NOT NULL             -- 64 bits of a mark of the address without its last part
);

-- What happened by a link in an hour. Kept while clicks are written, never counted by going through them.
CREATE TABLE referrals_hour (
    link             ID NOT NULL,                -- lnk_
    hour             NUMBER NOT NULL,            -- hours since 1970 (UTC) in which they came
    clicks           NUMBER NOT NULL,            -- all of them
    marked           NUMBER NOT NULL,            -- of these, with a mark that says: no person's, or not counted
    impressions      NUMBER NOT NULL,            -- how often something of it was shown to somebody
    latest           ID NOT NULL,                -- clk_ the newest of them; 0: none
    earlier          ID NOT NULL,                -- clk_ the newest before the last write that counted
-- on sqlite
    PRIMARY KEY (link, hour)
) WITHOUT ROWID;
-- on postgresql
    PRIMARY KEY (link, hour)
);
-- on both

-- The key of a day with which visitors are marked. Thrown away two days later, with all that could undo the marks.
CREATE TABLE referrals_day (
    day              KEY,                        -- days since 1970 (UTC)
    secret           WORDS NOT NULL              -- 32 random bytes in hexadecimal digits
);
