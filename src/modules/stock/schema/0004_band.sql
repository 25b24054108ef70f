-- The bands of perceptual hashes again, in the order in which they are looked through: a look reads
-- some two thousand rows, which must not lie in as many places.
CREATE TABLE stock_band (
    band              NUMBER NOT NULL,           -- band number x 65536 + its 16 bits
    photo             ID NOT NULL,               -- pho_
    likeness          NUMBER NOT NULL,           -- all 64 bits
-- on sqlite
    PRIMARY KEY (band, photo)
) WITHOUT ROWID;
-- on postgresql
    PRIMARY KEY (band, photo) INCLUDE (likeness)
);
-- on both
INSERT INTO stock_band (band, photo, likeness)
SELECT band, photo, likeness FROM stock_likeness ORDER BY band, photo;
DROP TABLE stock_likeness;
