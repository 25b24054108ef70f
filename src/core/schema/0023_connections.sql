-- Shops that tell of their orders by themselves.

-- A shop whose webhooks come here.
CREATE TABLE core_connection (
    id               KEY,                        -- con_; part of the address that the shop calls
    business         ID NOT NULL REFERENCES core_party (id), -- whose shop
    kind             WORDS NOT NULL,             -- connection_kind
    name             TEXT NOT NULL,              -- what the business calls it
    secret           WORDS NOT NULL,             -- with which it signs, sealed (core/sign/seal.c), hex
    since            INSTANT NOT NULL,           -- connected
    ended            INSTANT NOT NULL,           -- nothing is taken from it since; 0: it is connected
    taken            NUMBER NOT NULL,            -- calls that were taken
    refused          NUMBER NOT NULL,            -- calls that were signed right and could not be taken
    last             INSTANT NOT NULL,           -- the last of either; 0: none came
    problem          WORDS NOT NULL              -- why the last refused one was; empty: none was
);
CREATE INDEX core_connection_business ON core_connection (business, id);
