-- How programs do: sums that are kept while things happen, so that no page ever counts.

-- A program's day, but for its clicks. Orders stand at the day of the order, also what is given back of them later.
CREATE TABLE referrals_result (
    program          ID NOT NULL REFERENCES referrals_program (program), -- which
    day              NUMBER NOT NULL,            -- days since 1970 (UTC)
    views            NUMBER NOT NULL,            -- how often its page was opened, but by programs and its own business
    joined           NUMBER NOT NULL,            -- who asked to take part for the first time
    shared           NUMBER NOT NULL,            -- of those who joined on this day: a link of theirs was followed since
    signups          NUMBER NOT NULL,            -- customers who came by a link before they ordered, as the shop told
    orders           NUMBER NOT NULL,            -- that count
    customers        NUMBER NOT NULL,            -- of these, a customer's first order at the business
    gone             NUMBER NOT NULL,            -- of the orders, given back whole
    value_minor      NUMBER NOT NULL,            -- what the orders came to, in the program's currency
    back_minor       NUMBER NOT NULL,            -- of that given back since
    PRIMARY KEY (program, day)
);

-- Clicks of the same day: a row of its own, so that orders never wait for clicks.
CREATE TABLE referrals_result_clicks (
    program          ID NOT NULL,                -- which
    day              NUMBER NOT NULL,            -- days since 1970 (UTC)
    clicks           NUMBER NOT NULL,            -- all of them
    marked           NUMBER NOT NULL,            -- of these, with a mark: no person's, or not counted
    impressions      NUMBER NOT NULL,            -- how often something of it was shown to somebody
    PRIMARY KEY (program, day)
);

-- Who joins against who sells: by a fact that the program has of them.
CREATE TABLE referrals_audience (
    program          ID NOT NULL,                -- which
    fact             WORDS NOT NULL,             -- results_fact
    value            WORDS NOT NULL,             -- what it is for them; empty: not known
    joined           NUMBER NOT NULL,            -- partners
    selling          NUMBER NOT NULL,            -- of these, with an order that counts
    orders           NUMBER NOT NULL,            -- these orders, an order that several share once for each
    value_minor      NUMBER NOT NULL,            -- what they came to; what is given back stays in it
    PRIMARY KEY (program, fact, value)
);

-- Customers by the month of their first order by a partner, and what they ordered so many months later.
CREATE TABLE referrals_cohort (
    program          ID NOT NULL,                -- which
    month            NUMBER NOT NULL,            -- year * 12 + month - 1 (UTC) of the first order
    later            NUMBER NOT NULL,            -- months after it
    customers        NUMBER NOT NULL,            -- who ordered first in it; 0 where later is above 0
    orders           NUMBER NOT NULL,            -- that count
    value_minor      NUMBER NOT NULL,            -- what they came to
    back_minor       NUMBER NOT NULL,            -- of that given back since
    PRIMARY KEY (program, month, later)
);

-- What a partner accepted, and how they came.
ALTER TABLE referrals_partner ADD COLUMN version NUMBER NOT NULL DEFAULT 0; -- of the rules in force when they joined; 0: not known
ALTER TABLE referrals_partner ADD COLUMN came WORDS NOT NULL DEFAULT ''; -- results_came; empty: not known
ALTER TABLE referrals_partner ADD COLUMN language WORDS NOT NULL DEFAULT ''; -- which they read then; empty: not known
ALTER TABLE referrals_partner ADD COLUMN shared FLAG NOT NULL DEFAULT 0; -- 1: a link of theirs was followed
CREATE INDEX referrals_partner_unshared ON referrals_partner (program, id) WHERE shared = 0;

-- What an order adds to the sums, so that what is given back is taken off where it stands.
ALTER TABLE referrals_conversion ADD COLUMN counted FLAG NOT NULL DEFAULT 0; -- 1: it is in them
ALTER TABLE referrals_conversion ADD COLUMN cohort NUMBER NOT NULL DEFAULT 0; -- referrals_cohort.month; 0: in none
ALTER TABLE referrals_conversion ADD COLUMN later NUMBER NOT NULL DEFAULT 0; -- referrals_cohort.later
ALTER TABLE referrals_conversion ADD COLUMN back_minor NUMBER NOT NULL DEFAULT 0; -- given back and taken off so far

-- What was there before.
INSERT INTO referrals_result (program, day, views, joined, shared, signups, orders, customers, gone, value_minor, back_minor)
SELECT program, at / 86400000, 0, count(*), 0, 0, 0, 0, 0, 0, 0 FROM referrals_partner GROUP BY program, at / 86400000;
INSERT INTO referrals_audience (program, fact, value, joined, selling, orders, value_minor)
SELECT program, 'came', '', count(*), 0, 0, 0 FROM referrals_partner GROUP BY program;
INSERT INTO referrals_result_clicks (program, day, clicks, marked, impressions)
SELECT l.program, h.hour / 24, CAST(sum(h.clicks) AS BIGINT), CAST(sum(h.marked) AS BIGINT),
       CAST(sum(h.impressions) AS BIGINT)
FROM referrals_hour h JOIN referrals_link l ON l.id = h.link GROUP BY l.program, h.hour / 24;
