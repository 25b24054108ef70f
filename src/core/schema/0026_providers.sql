-- Signing in with an account elsewhere (docs/decisions/0022-providers.md).

-- A browser that was sent to a provider; good once.
CREATE TABLE core_oidc_attempt (
    state            WORDS NOT NULL PRIMARY KEY, -- BLAKE2b-256 of what it was sent with, hex
    browser          WORDS NOT NULL,             -- BLAKE2b-256 of the secret of the browser that asked, hex
    issuer           WORDS NOT NULL,             -- the provider
    purpose          WORDS NOT NULL,             -- oidc_purpose
    person           ID NOT NULL,                -- who was signed in; 0: nobody
    next             TEXT NOT NULL,              -- path to go on to; empty: none
    resume           WORDS NOT NULL,             -- key of a form that was kept; empty: none
    begun            INSTANT NOT NULL,           -- when
    until            INSTANT NOT NULL            -- over then
);
CREATE INDEX core_oidc_attempt_until ON core_oidc_attempt (until);

-- An account elsewhere that a person signs in with.
CREATE TABLE core_identity (
    id               KEY,                        -- idt_
    person           ID NOT NULL REFERENCES core_party (id), -- whose
    issuer           WORDS NOT NULL,             -- the provider
    subject          WORDS NOT NULL,             -- its name for the account, never another's
    mail             TEXT NOT NULL,              -- address that the provider said when it was connected, for its person to know it by; may be empty
    made             INSTANT NOT NULL,           -- connected
    used             INSTANT NOT NULL DEFAULT 0  -- last; 0: not yet
);
CREATE UNIQUE INDEX core_identity_subject ON core_identity (issuer, subject);
CREATE INDEX core_identity_person ON core_identity (person, id);

-- An account elsewhere that is nobody's yet, until who came with it has signed up or in.
CREATE TABLE core_identity_offer (
    secret           WORDS NOT NULL PRIMARY KEY, -- BLAKE2b-256 of its secret, hex
    browser          WORDS NOT NULL,             -- BLAKE2b-256 of the secret of the browser's forms, hex
    issuer           WORDS NOT NULL,             -- the provider
    subject          WORDS NOT NULL,             -- its name for the account
    name             TEXT NOT NULL,              -- how it says that they are called; may be empty
    mail             TEXT NOT NULL,              -- address that it says they have; may be empty
    verified         FLAG NOT NULL,              -- it says that the address is theirs
    next             TEXT NOT NULL,              -- path to go on to; empty: none
    resume           WORDS NOT NULL,             -- key of a form that was kept; empty: none
    until            INSTANT NOT NULL            -- over then
);
CREATE INDEX core_identity_offer_until ON core_identity_offer (until);
