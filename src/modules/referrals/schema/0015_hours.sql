-- Pay for clicks and impressions, an hour of a link at a time.

ALTER TABLE referrals_program ADD COLUMN unique_clicks FLAG NOT NULL DEFAULT 0; -- 1: a visitor pays once a day (UTC)

CREATE INDEX referrals_link_program ON referrals_link (program, id);

-- What of an hour of a link was counted for its partner, once for each kind. Its verdict has it as subject.
CREATE TABLE referrals_hour_event (
    id               KEY,                        -- hev_
    program          ID NOT NULL REFERENCES referrals_program (program), -- the link's
    link             ID NOT NULL,                -- lnk_
    hour             NUMBER NOT NULL,            -- hours since 1970 (UTC)
    what             WORDS NOT NULL,             -- program_trigger: a click or an impression
    events           NUMBER NOT NULL,            -- of these that count
    before           NUMBER NOT NULL,            -- from hours before, since they came to less than a minor unit
    rest             NUMBER NOT NULL,            -- of both, left to the next hour of the link for that reason
    latest           ID NOT NULL,                -- clk_ on which the clicks of the hour hang; 0: none
    at               INSTANT NOT NULL,           -- when it was counted
    UNIQUE (link, what, hour)
);

-- Up to where the hours of a program are counted.
CREATE TABLE referrals_closed (
    program          KEY,                        -- prg_
    hour             NUMBER NOT NULL             -- all before this hour since 1970 (UTC)
);

-- Visitors who paid today, of programs that pay for each once a day. Forgotten two days later, as their marks are.
CREATE TABLE referrals_visitor (
    program          ID NOT NULL,                -- of which
    day              NUMBER NOT NULL,            -- days since 1970 (UTC)
    visitor          NUMBER NOT NULL,            -- as in referrals_click
    PRIMARY KEY (program, day, visitor)
);
CREATE INDEX referrals_visitor_day ON referrals_visitor (day);
