-- What a business lends its partners: texts, pictures, and how they come by samples.
CREATE TABLE referrals_kit (
    id               KEY,                        -- kit_
    program          ID NOT NULL REFERENCES referrals_program (program), -- whose partners
    kind             WORDS NOT NULL,             -- kit_kind
    language         WORDS NOT NULL,             -- language of the words; of a picture without meaning
    title            TEXT NOT NULL,              -- what it is for
    body             TEXT NOT NULL,              -- the words; empty of a picture
    media            WORDS NOT NULL,             -- of a picture: hash of the file as it came; empty until it was looked at
    copy             WORDS NOT NULL,             -- of a picture: hash of what partners download; empty until then
    format           WORDS NOT NULL,             -- of a picture: media_format of that
    problem          WORDS NOT NULL,             -- of a picture: name of the problem why it was not taken; else empty
    place            NUMBER NOT NULL,            -- stands in this order
    at               INSTANT NOT NULL            -- added
);
CREATE UNIQUE INDEX referrals_kit_place ON referrals_kit (program, place);
