-- How much of a partner's clicks looks made, and what a page's report says besides how it was looked at.

-- What clicks of a partner, or people's clicks in a program, are like (suspects/made.h, struct suspect_made).
CREATE TABLE referrals_made (
    owner            KEY,                        -- rpt_ the first account of a person; prg_: what is usual in a program
    clicks           NUMBER NOT NULL,            -- seen
    weight           NUMBER NOT NULL,            -- of them as far as remembered, in thousandths of a click
    made             NUMBER NOT NULL,            -- of that what looks made; of a program 0
    gain             NUMBER NOT NULL,            -- hundredths of a deciban by which "some are made" foretold better
    sorts            WORDS NOT NULL              -- thousandths by sort of what a click can show, with commas
);

-- Of the report of a page: NULL where it does not say or nobody can know.
ALTER TABLE referrals_landing ADD COLUMN scrolled NUMBER; -- percent of the page
ALTER TABLE referrals_landing ADD COLUMN source NUMBER;   -- 1: the browser named the page it came from; 0: it did not
ALTER TABLE referrals_landing ADD COLUMN device NUMBER;   -- suspect_device, by the agent that reported
ALTER TABLE referrals_landing ADD COLUMN hosted NUMBER;   -- 1: from a data centre on the operator's list; 0: not; NULL: no list
