-- People, organisations, who belongs where, and how they sign in.

-- A person or an organisation.
CREATE TABLE core_party (
    id               KEY,                        -- pty_
    kind             WORDS NOT NULL,             -- party_kind
    name             TEXT NOT NULL,              -- as they want to be called
    place            TEXT NOT NULL DEFAULT '',   -- town or country, for others to read
    about            TEXT NOT NULL DEFAULT '',   -- a few sentences, for others to read
    website          TEXT NOT NULL DEFAULT '',   -- https address; empty when none
    joined           INSTANT NOT NULL,           -- since when
    suspended        INSTANT NOT NULL DEFAULT 0  -- since when shut out; 0: not
);

-- How a person signs in.
CREATE TABLE core_login (
    person           KEY,                        -- pty_ of a person
    mail             WORDS NOT NULL,             -- folded to lower case
    password         WORDS NOT NULL,             -- Argon2id string of libsodium; empty: none yet
    language         WORDS NOT NULL,             -- language, for mail
    operator         FLAG NOT NULL DEFAULT 0,    -- 1: works for the intermediary
    wrong            NUMBER NOT NULL DEFAULT 0,  -- wrong passwords since the last right one
    wait_until       INSTANT NOT NULL DEFAULT 0, -- no attempt is looked at before
    UNIQUE (mail)
);

-- Who works for which organisation.
CREATE TABLE core_member (
    person           ID NOT NULL REFERENCES core_party (id), -- the person
    organisation     ID NOT NULL REFERENCES core_party (id), -- the organisation
    role             WORDS NOT NULL,             -- member_role
    since            INSTANT NOT NULL,           -- from when
    ended            INSTANT NOT NULL DEFAULT 0, -- until when; 0: still
    PRIMARY KEY (person, organisation)
);
CREATE INDEX core_member_organisation ON core_member (organisation, person);

-- Who is signed in. The secret itself is only with the browser.
CREATE TABLE core_session (
    secret           WORDS NOT NULL PRIMARY KEY, -- BLAKE2b-256 of the secret, hex
    person           ID NOT NULL REFERENCES core_party (id), -- who
    organisation     ID NOT NULL DEFAULT 0,      -- acted for; 0: none
    begun            INSTANT NOT NULL,           -- signed in
    until            INSTANT NOT NULL            -- over then
);
CREATE INDEX core_session_person ON core_session (person);
CREATE INDEX core_session_until ON core_session (until);

-- A secret link that was mailed: a password to set, an invitation.
CREATE TABLE core_link (
    secret           WORDS NOT NULL PRIMARY KEY, -- BLAKE2b-256 of the secret, hex
    person           ID NOT NULL REFERENCES core_party (id), -- for whom
    purpose          WORDS NOT NULL,             -- link_purpose
    until            INSTANT NOT NULL,           -- over then
    used             INSTANT NOT NULL DEFAULT 0  -- when it was used; 0: not yet
);
CREATE INDEX core_link_person ON core_link (person);

-- Terms by the hash of their text, and who accepted them.
CREATE TABLE core_terms (
    hash             WORDS NOT NULL PRIMARY KEY, -- BLAKE2b-256 of the text, hex
    name             WORDS NOT NULL,             -- which terms: "stock.standard"
    version          WORDS NOT NULL,             -- as people cite it: "2026-03-01"
    language         WORDS NOT NULL,             -- language of the text
    body             TEXT NOT NULL,              -- the exact text
    since            INSTANT NOT NULL            -- in force from
);
CREATE INDEX core_terms_name ON core_terms (name, language, since);
-- Who accepted which text for what.
CREATE TABLE core_acceptance (
    party            ID NOT NULL REFERENCES core_party (id), -- who accepted
    hash             WORDS NOT NULL REFERENCES core_terms (hash), -- which text
    subject          ID NOT NULL,                -- for which deal; 0: in general
    at               INSTANT NOT NULL,           -- when
    PRIMARY KEY (party, hash, subject)
);
