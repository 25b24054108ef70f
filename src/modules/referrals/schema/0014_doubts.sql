-- What the verdict rules remember, what they hold or reject, and what becomes of it.

-- A program's own thresholds, in points; NULL: the site's.
ALTER TABLE referrals_program ADD COLUMN hold_click NUMBER; -- a click with as many is held
ALTER TABLE referrals_program ADD COLUMN hold_claim NUMBER; -- so is an order

-- What a partner brought so far (suspects/memory.h, struct suspect_sums).
CREATE TABLE referrals_known (
    partner          KEY,                        -- rpt_ the first account of a person
    last             INSTANT NOT NULL,           -- when the last fact came
    clicks           NUMBER NOT NULL,            -- followed and judged, without those that were rejected
    idle             NUMBER NOT NULL,            -- of them such that nobody pressed anything for
    unseen           NUMBER NOT NULL,            -- of them such whose page nobody looked at
    glances          NUMBER NOT NULL,            -- of them such whose page was left untouched
    pages            NUMBER NOT NULL,            -- of them such whose page reported
    seconds          NUMBER NOT NULL,            -- of those reports, the sum of ln(milliseconds in sight), in thousandths
    squares          NUMBER NOT NULL,            -- and of its squares, in millionths
    sign_ups         NUMBER NOT NULL,            -- claimed
    orders           NUMBER NOT NULL,            -- claimed
    customers        NUMBER NOT NULL,            -- different ones of these orders
    late             NUMBER NOT NULL,            -- orders later than two hours after the click
    timed            NUMBER NOT NULL,            -- orders with a click
    followed         NUMBER NOT NULL,            -- sign-ups and orders with a click
    returned         NUMBER NOT NULL,            -- of orders, in thousandths of an order
    mail             NUMBER NOT NULL,            -- 64 bits of a mark of the account's mailbox; 0: not known
    name             NUMBER NOT NULL,            -- likewise of the whole name
    surname          NUMBER NOT NULL,            -- of its last word
    payment          NUMBER NOT NULL             -- of the account that is paid to
);

-- What else they remember, by the key of a kind and its values (suspects/memory.h, enum suspect_key).
CREATE TABLE referrals_mark (
    key              KEY,                        -- 64 bits of a hash
    last             INSTANT NOT NULL,           -- last met
    since            INSTANT NOT NULL,           -- first met
    count            NUMBER NOT NULL,            -- how often
    value            NUMBER NOT NULL             -- rpt_ whose it is, or 0
);

-- How many of a program's clicks and orders had which score on a day: what another threshold would hold.
CREATE TABLE referrals_score (
    program          ID NOT NULL,                -- prg_
    what             WORDS NOT NULL,             -- doubt_what
    day              NUMBER NOT NULL,            -- days since 1970 (UTC) on which they came
    score            NUMBER NOT NULL,            -- points
    count            NUMBER NOT NULL,            -- how many
    PRIMARY KEY (program, what, day, score)
);

-- Something that was held or rejected by the verdict rules, until somebody says what becomes of it.
CREATE TABLE referrals_doubt (
    id               KEY,                        -- dbt_
    program          ID NOT NULL REFERENCES referrals_program (program), -- in which
    partner          ID NOT NULL REFERENCES referrals_partner (id), -- by which account of theirs
    person           ID NOT NULL,                -- pty_ whose it would be
    what             WORDS NOT NULL,             -- doubt_what
    subject          ID NOT NULL,                -- vrd_ of an order, lnk_ that was followed
    hour             NUMBER NOT NULL,            -- of clicks: hours since 1970 (UTC) in which they came; else 0
    clicks           NUMBER NOT NULL,            -- how many of them; of an order 0
    found            WORDS NOT NULL,             -- verdict_state: held, rejected
    rule             WORDS NOT NULL,             -- suspect_rule that weighed most
    score            NUMBER NOT NULL,            -- points; of clicks the most of one
    findings         WORDS NOT NULL,             -- rule, points, count and of of each that found something (doubts/words.c)
    state            WORDS NOT NULL,             -- doubt_state
    said             TEXT NOT NULL,              -- why the partner disagrees; empty: they did not appeal
    answer           TEXT NOT NULL,              -- what was answered; may be empty
    moved            INSTANT NOT NULL,           -- state last changed
    at               INSTANT NOT NULL,           -- of the order, of the hour
    UNIQUE (subject, hour)
);
CREATE INDEX referrals_doubt_person ON referrals_doubt (person, program, id);
CREATE INDEX referrals_doubt_program ON referrals_doubt (program, id);
CREATE INDEX referrals_doubt_waits ON referrals_doubt (program, id) WHERE state IN ('open', 'appealed');
CREATE INDEX referrals_doubt_appeals ON referrals_doubt (id) WHERE state = 'appealed';

-- A click that was held or rejected in the hour after it.
CREATE TABLE referrals_doubt_click (
    click            KEY,                        -- clk_
    doubt            ID NOT NULL REFERENCES referrals_doubt (id), -- to which it belongs
    score            NUMBER NOT NULL,            -- points
    findings         WORDS NOT NULL              -- as of referrals_doubt
);
CREATE INDEX referrals_doubt_click_doubt ON referrals_doubt_click (doubt, click);

-- Clicks of an hour that don't count by verdict, besides those that are marked.
ALTER TABLE referrals_hour ADD COLUMN held NUMBER NOT NULL DEFAULT 0;     -- waiting for somebody to look
ALTER TABLE referrals_hour ADD COLUMN rejected NUMBER NOT NULL DEFAULT 0; -- for good

-- What of an order came to nothing, as the rules know it.
ALTER TABLE referrals_conversion ADD COLUMN returned NUMBER NOT NULL DEFAULT 0; -- in thousandths of the order

-- How far clicks are judged. One row.
CREATE TABLE referrals_judged (
    id               KEY,                        -- 1
    hour             NUMBER NOT NULL,            -- hours since 1970 (UTC): those before are judged
    click            ID NOT NULL                 -- clk_ the last one judged of that hour; 0: none yet
);
-- How far orders are judged again before they are paid.
CREATE TABLE referrals_rejudged (
    program          KEY,                        -- prg_
    event            ID NOT NULL                 -- the last one
);
