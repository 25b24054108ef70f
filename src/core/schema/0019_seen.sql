-- Where somebody has signed in from, so that they are told of what is new.
CREATE TABLE core_seen (
    person           ID NOT NULL REFERENCES core_party (id), -- who
    browser          TEXT NOT NULL,              -- what it came from; empty: unknown
    address          WORDS NOT NULL,             -- where it came from; empty: unknown
    at               INSTANT NOT NULL,           -- last
    PRIMARY KEY (person, browser, address)
);
