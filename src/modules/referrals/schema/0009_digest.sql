-- Once a week a business is told how its programs did.

ALTER TABLE referrals_program ADD COLUMN digest NUMBER NOT NULL DEFAULT 0; -- Monday, days since 1970, up to which was told; 0: never

-- Who does not want to be told.
CREATE TABLE referrals_digest_stop (
    program          ID NOT NULL REFERENCES referrals_program (program), -- of which
    person           ID NOT NULL,                -- pty_ who
    at               INSTANT NOT NULL,           -- said so
    PRIMARY KEY (program, person)
);
