-- Passkeys (docs/decisions/0018-passkeys.md).

-- A passkey of a person.
CREATE TABLE core_passkey (
    id               KEY,                        -- pky_
    person           ID NOT NULL REFERENCES core_party (id), -- whose
    credential       WORDS NOT NULL,             -- its name for the authenticator, base64url
    algorithm        WORDS NOT NULL,             -- passkey_algorithm
    public           WORDS NOT NULL,             -- public half of its key, hex
    counter          NUMBER NOT NULL,            -- how often it has signed; 0: it does not count
    name             TEXT NOT NULL,              -- as its person calls it
    made             INSTANT NOT NULL,           -- when
    used             INSTANT NOT NULL DEFAULT 0  -- last; 0: not yet
);
CREATE UNIQUE INDEX core_passkey_credential ON core_passkey (credential);
CREATE INDEX core_passkey_person ON core_passkey (person, id);

-- What a browser was given to have signed by a passkey; good once.
CREATE TABLE core_challenge (
    challenge        WORDS NOT NULL PRIMARY KEY, -- BLAKE2b-256 of it, hex
    browser          WORDS NOT NULL,             -- BLAKE2b-256 of the secret of the browser that asked, hex
    purpose          WORDS NOT NULL,             -- challenge_purpose
    person           ID NOT NULL,                -- who is to sign; of sign_up: who is to be; 0: whoever it is
    until            INSTANT NOT NULL            -- over then
);
CREATE INDEX core_challenge_until ON core_challenge (until);
