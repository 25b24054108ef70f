-- Why a business may do something with what it knows of a customer.

-- One reason for one thing, for as long as it holds.
CREATE TABLE core_consent (
    id               KEY,                        -- cns_
    business         ID NOT NULL REFERENCES core_party (id), -- whose customer
    customer         ID NOT NULL REFERENCES core_customer (id), -- who
    what             WORDS NOT NULL,             -- consent_what
    basis            WORDS NOT NULL,             -- consent_basis
    source           TEXT NOT NULL,              -- where it was given, in words that can be checked
    at               INSTANT NOT NULL,           -- since when it holds
    withdrawn        INSTANT NOT NULL            -- since when it does not; 0: it holds
);
CREATE INDEX core_consent_customer ON core_consent (customer, id);
CREATE UNIQUE INDEX core_consent_held ON core_consent (customer, what) WHERE withdrawn = 0;
