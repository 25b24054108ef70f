-- Apps of third parties, and what people allowed them (docs/decisions/0023-apps.md).

-- An app that a business registered.
CREATE TABLE core_app (
    id               KEY,                        -- app_; its client_id
    owner            ID NOT NULL REFERENCES core_party (id), -- the business whose app it is
    maker            ID NOT NULL REFERENCES core_party (id), -- who registered it
    name             TEXT NOT NULL,              -- as people read it before they allow anything
    website          TEXT NOT NULL,              -- https address of a page about it
    redirects        TEXT NOT NULL,              -- addresses to which people may be sent back, one a line
    scopes           WORDS NOT NULL,             -- what it may ask for, with blanks between
    confidential     FLAG NOT NULL,              -- it has a secret and can keep it
    secret           WORDS NOT NULL,             -- BLAKE2b-256 of the secret, hex; empty: public
    tail             WORDS NOT NULL,             -- the secret's last four characters; empty: public
    made             INSTANT NOT NULL,           -- registered
    removed          INSTANT NOT NULL DEFAULT 0, -- taken away; 0: not
    once             WORDS NOT NULL,             -- idempotency key of the request that registered it
    UNIQUE (maker, once)
);
CREATE INDEX core_app_owner ON core_app (owner, id);

-- A website whose scripts may call with what an app was allowed: the origins of its redirects.
CREATE TABLE core_app_origin (
    origin           WORDS NOT NULL,             -- "https://app.example"
    app              ID NOT NULL REFERENCES core_app (id), -- whose
    PRIMARY KEY (origin, app)
);
CREATE INDEX core_app_origin_app ON core_app_origin (app);

-- What a person allowed an app, once: first a code, then a pair of tokens, each in place of the one before.
CREATE TABLE core_app_grant (
    id               KEY,                        -- gnt_
    app              ID NOT NULL REFERENCES core_app (id), -- whom
    person           ID NOT NULL REFERENCES core_party (id), -- who allowed it
    organisation     ID NOT NULL,                -- for which business it acts; 0: for the person
    scopes           WORDS NOT NULL,             -- what it may do, with blanks between
    given            INSTANT NOT NULL,           -- allowed
    until            INSTANT NOT NULL,           -- over then: of the code, or of the refresh token
    used             INSTANT NOT NULL DEFAULT 0, -- last use, noted once an hour; 0: never
    ended            INSTANT NOT NULL DEFAULT 0, -- ended; 0: not
    family           WORDS NOT NULL UNIQUE,      -- BLAKE2b-256 of what the code and all refresh tokens share, hex
    redirect         TEXT NOT NULL,              -- where the code was sent
    challenge        WORDS NOT NULL,             -- of PKCE, S256
    code             WORDS NOT NULL,             -- BLAKE2b-256 of the code, hex
    refresh          WORDS NOT NULL DEFAULT '',  -- of the refresh token; empty: the code was not used yet
    access           WORDS NOT NULL DEFAULT '',  -- of the access token; empty: none yet
    access_until     INSTANT NOT NULL DEFAULT 0  -- it is over then
);
CREATE INDEX core_app_grant_access ON core_app_grant (access);
CREATE INDEX core_app_grant_person ON core_app_grant (person, id);
CREATE INDEX core_app_grant_organisation ON core_app_grant (organisation, id);
CREATE INDEX core_app_grant_app ON core_app_grant (app, id);

-- Keys that a person made, for what is kept about them.
CREATE INDEX core_key_maker ON core_key (maker, id);
