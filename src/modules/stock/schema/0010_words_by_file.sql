-- Words and prices of photographs come by file, too, and such a file is taken back as a whole.
ALTER TABLE stock_photo ADD COLUMN import ID NOT NULL DEFAULT 0; -- imp_ that wrote the words last; 0: the author did
CREATE INDEX stock_photo_file ON stock_photo (author, file, id);

-- What the author said about a photograph before a file said something else.
CREATE TABLE stock_photo_before (
    by_import         ID NOT NULL,               -- imp_ of the file
    id                ID NOT NULL REFERENCES stock_photo (id), -- of which photograph; the rest as in stock_photo
    title             TEXT NOT NULL,             -- as there
    description       TEXT NOT NULL,             -- as there
    tags              TEXT NOT NULL,             -- as there
    category          WORDS NOT NULL,            -- as there
    standard_minor    MONEY_MINOR NOT NULL,      -- as there
    extended_minor    MONEY_MINOR NOT NULL,      -- as there
    editorial_minor   MONEY_MINOR NOT NULL,      -- as there
    buyout_minor      MONEY_MINOR NOT NULL,      -- as there
    from_minor        MONEY_MINOR NOT NULL,      -- as there
    currency          CURRENCY NOT NULL,         -- as there
    import            ID NOT NULL,               -- as there
    PRIMARY KEY (by_import, id)
);
