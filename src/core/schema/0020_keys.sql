-- Keys of programs, and the websites that may use them.

-- A key with which a program acts for a person or an organisation.
CREATE TABLE core_key (
    id               KEY,                        -- key_
    owner            ID NOT NULL REFERENCES core_party (id), -- whose things it reaches: its maker, or an organisation
    maker            ID NOT NULL REFERENCES core_party (id), -- who made it; what they may not do it can't
    name             TEXT NOT NULL,              -- what it is for, in its maker's words
    secret           WORDS NOT NULL UNIQUE,      -- BLAKE2b-256 of the key, hex
    tail             WORDS NOT NULL,             -- its last four characters, to tell keys apart
    scopes           WORDS NOT NULL,             -- what it may do, with blanks between
    made             INSTANT NOT NULL,           -- since when it is good
    until            INSTANT NOT NULL,           -- over then
    used             INSTANT NOT NULL DEFAULT 0, -- last use, noted once an hour; 0: never
    warned           INSTANT NOT NULL DEFAULT 0, -- a mail said that it ends soon; 0: not yet
    revoked          INSTANT NOT NULL DEFAULT 0, -- ended by hand; 0: not
    once             WORDS NOT NULL,             -- idempotency key of the request that made it
    UNIQUE (maker, once)
);
CREATE INDEX core_key_owner ON core_key (owner, id);

-- A website whose scripts may call with an owner's keys.
CREATE TABLE core_origin (
    origin           WORDS NOT NULL,             -- "https://shop.example"
    owner            ID NOT NULL REFERENCES core_party (id), -- whose keys it may use
    since            INSTANT NOT NULL,           -- registered
    PRIMARY KEY (origin, owner)
);
CREATE INDEX core_origin_owner ON core_origin (owner, origin);
