-- The file that an operator looks at to judge a photograph: its pixels as they came, nothing private.
CREATE TABLE stock_inspection (
    photo             KEY,                       -- pho_
    copy              WORDS NOT NULL,            -- hash of the file
    format            WORDS NOT NULL             -- media_format of the file
);
