-- People who want to be found by businesses, what they say about themselves, and who invited them.

-- What somebody says about themselves to businesses that look for people with reach.
CREATE TABLE referrals_sharer (
    id               KEY,                        -- shr_
    person           ID NOT NULL,                -- pty_ who
    shown            FLAG NOT NULL,              -- 1: businesses find them
    name             TEXT NOT NULL,              -- as they want to be called there
    about            TEXT NOT NULL,              -- in their words
    reach            NUMBER NOT NULL,            -- of all channels together
    topics           WORDS NOT NULL,             -- sharer_topic, a blank between
    languages        WORDS NOT NULL,             -- ISO 639-1, a blank between
    countries        WORDS NOT NULL,             -- ISO 3166-1 alpha-2, a blank between
    at               INSTANT NOT NULL,           -- said
    UNIQUE (person)
);

-- Where they reach people.
CREATE TABLE referrals_channel (
    sharer           ID NOT NULL,                -- shr_ whose
    place            NUMBER NOT NULL,            -- 1 to 3
    address          WORDS NOT NULL,             -- https
    reach            NUMBER NOT NULL,            -- people, as they say
-- on sqlite
    PRIMARY KEY (sharer, place)
) WITHOUT ROWID;
-- on postgresql
    PRIMARY KEY (sharer, place)
);
-- on both

-- By what those who are shown are found: each fact in the order of their reach.
CREATE TABLE referrals_sharer_fact (
    fact             WORDS NOT NULL,             -- all, topic, language or country
    value            WORDS NOT NULL,             -- of it; of everybody: empty
    reach            NUMBER NOT NULL,            -- referrals_sharer.reach
    sharer           ID NOT NULL,                -- shr_ whose
-- on sqlite
    PRIMARY KEY (fact, value, reach, sharer)
) WITHOUT ROWID;
-- on postgresql
    PRIMARY KEY (fact, value, reach, sharer)
);
-- on both
CREATE INDEX referrals_sharer_fact_sharer ON referrals_sharer_fact (sharer);

-- Who was invited to take part, last.
CREATE TABLE referrals_invitation (
    partner          KEY,                        -- rpt_ in which program
    business         ID NOT NULL,                -- pty_ who invited
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX referrals_invitation_business ON referrals_invitation (business, at);

-- Businesses that somebody wants no more invitations from.
CREATE TABLE referrals_sharer_block (
    person           ID NOT NULL,                -- pty_ who
    business         ID NOT NULL,                -- pty_ whom they don't want to hear of
    at               INSTANT NOT NULL,           -- since
-- on sqlite
    PRIMARY KEY (person, business)
) WITHOUT ROWID;
-- on postgresql
    PRIMARY KEY (person, business)
);
-- on both
