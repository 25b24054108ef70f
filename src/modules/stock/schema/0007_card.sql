-- The catalogue: what its lists show of each accepted photograph, and nothing else, so that a page of
-- cards reads few and small rows.
CREATE TABLE stock_card (
    photo             KEY REFERENCES stock_photo (id), -- pho_
    author            ID NOT NULL,               -- pty_ of the person
    media             WORDS NOT NULL,            -- hash of the file
    width             NUMBER NOT NULL,           -- pixels
    height            NUMBER NOT NULL,           -- pixels
    clip              FLAG NOT NULL,             -- 1: moves
    from_minor        MONEY_MINOR NOT NULL,      -- the lowest list price
    currency          CURRENCY NOT NULL,         -- of it
    title             TEXT NOT NULL              -- what its author calls it
);
CREATE INDEX stock_card_author ON stock_card (author, photo);

INSERT INTO stock_card (photo, author, media, width, height, clip, from_minor, currency, title)
SELECT id, author, media, width, height, clip, from_minor, currency, title
FROM stock_photo WHERE state = 'accepted';

-- A card with its author's name.
CREATE VIEW stock_card_shown AS
SELECT c.photo AS id, c.title, c.author, p.name AS author_name, c.media, c.width, c.height, c.clip,
       c.from_minor AS price_minor, c.currency AS price_currency
FROM stock_card c
JOIN core_party p ON p.id = c.author;
