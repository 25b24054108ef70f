-- Codes beside the password.

-- The secret that a person's authenticator app shares with us.
CREATE TABLE core_factor (
    person           KEY,                        -- pty_ of a person
    secret           WORDS NOT NULL,             -- sealed under the installation's key (core/sign/seal.c), hex
    since            INSTANT NOT NULL DEFAULT 0, -- asked for at sign-in since; 0: being set up
    step             NUMBER NOT NULL DEFAULT 0,  -- 30-second step of the last code that was used
    wrong            NUMBER NOT NULL DEFAULT 0,  -- wrong codes since the last right one
    wait_until       INSTANT NOT NULL DEFAULT 0  -- no code is looked at before
);

-- Codes for who has lost the app, each good once.
CREATE TABLE core_recovery (
    person           ID NOT NULL REFERENCES core_party (id), -- whose
    code             WORDS NOT NULL,             -- BLAKE2b-256 of person and code, hex
    used             INSTANT NOT NULL DEFAULT 0, -- when; 0: not yet
    PRIMARY KEY (person, code)
);
