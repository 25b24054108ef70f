-- stock_words_named(author party_id, file text) many stock_photo_hit
-- An author's photographs whose file was called so: whether there is one, and more than one.
SELECT id FROM stock_photo WHERE author = :author AND file = :file ORDER BY id LIMIT 2;

-- stock_words_keep(import import_id, photo stock_photo_id) nothing
-- Keeps what is said about a photograph before an import says something else; what the import itself said is not kept.
INSERT INTO stock_photo_before (by_import, id, title, description, tags, category, standard_minor, extended_minor,
    editorial_minor, buyout_minor, from_minor, currency, import)
SELECT :import, id, title, description, tags, category, standard_minor, extended_minor, editorial_minor, buyout_minor,
       from_minor, currency, import
FROM stock_photo WHERE id = :photo AND import <> :import;

-- stock_words_by(import import_id, photo stock_photo_id) nothing
-- Which import said it.
UPDATE stock_photo SET import = :import WHERE id = :photo;

-- stock_words_next(import import_id) many stock_photo_hit
-- Photographs of which an import changed the words, some of those that are still to be put back.
SELECT id FROM stock_photo_before WHERE by_import = :import ORDER BY id LIMIT 300;

-- stock_words_back(import import_id, first stock_photo_id, last stock_photo_id) many stock_photo_hit
-- Puts words back that nobody changed since, unless the photograph could not have them any more: somebody looks at
-- it, it is over or sold, or it was offered since and would lack what it must say.
UPDATE stock_photo SET title = b.title, description = b.description, tags = b.tags, category = b.category,
    standard_minor = b.standard_minor, extended_minor = b.extended_minor, editorial_minor = b.editorial_minor,
    buyout_minor = b.buyout_minor, from_minor = b.from_minor, currency = b.currency, import = b.import
FROM stock_photo_before b
WHERE b.by_import = :import AND b.id BETWEEN :first AND :last AND stock_photo.id = b.id AND stock_photo.import = :import
  AND (stock_photo.state = 'draft' OR (stock_photo.state IN ('refused', 'accepted', 'withdrawn')
       AND b.title <> '' AND b.tags <> '' AND b.from_minor > 0))
RETURNING stock_photo.id;

-- stock_words_over(import import_id, first stock_photo_id, last stock_photo_id) nothing
-- These are done.
DELETE FROM stock_photo_before WHERE by_import = :import AND id BETWEEN :first AND :last;

-- stock_words_written(author party_id, after stock_photo_id) many stock_words_row
-- An author's photographs with words, prices and what came of them, the oldest first.
SELECT s.id AS photo, s.file, s.state, s.title, s.description, s.tags, s.category,
       NULLIF(s.standard_minor, 0) AS standard_minor,
       CASE WHEN s.standard_minor > 0 THEN s.currency END AS standard_currency,
       NULLIF(s.extended_minor, 0) AS extended_minor,
       CASE WHEN s.extended_minor > 0 THEN s.currency END AS extended_currency,
       NULLIF(s.editorial_minor, 0) AS editorial_minor,
       CASE WHEN s.editorial_minor > 0 THEN s.currency END AS editorial_currency,
       NULLIF(s.buyout_minor, 0) AS buyout_minor,
       CASE WHEN s.buyout_minor > 0 THEN s.currency END AS buyout_currency,
       s.licences,
       CAST(COALESCE((SELECT sum(l.earned_minor - l.back_earned_minor) FROM stock_licence l
                 WHERE l.photo = s.id AND l.author = s.author), 0) AS BIGINT) AS earned_minor,
       s.currency AS earned_currency, s.at AS came
FROM stock_photo s
WHERE s.author = :author AND s.id > :after ORDER BY s.id LIMIT 500;
