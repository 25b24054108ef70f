-- stock_public_newest(before integer, most integer) many stock_public_card_row
-- The catalogue, newest first.
SELECT * FROM stock_card_shown WHERE id < :before ORDER BY id DESC LIMIT :most;

-- stock_public_named(ids text) many stock_public_card_row
-- Cards by their ids, a JSON array with the newest first, in that order.
-- on sqlite
SELECT c.* FROM listed(:ids) wanted CROSS JOIN stock_card_shown c ON c.id = wanted.value;
-- on postgresql
SELECT * FROM stock_card_shown
WHERE id IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:ids AS json)))
ORDER BY id DESC;

-- stock_public_priced(ids text, low integer, high integer, currency text) many stock_public_card_row
-- Those of them whose lowest price lies within limits.
-- on sqlite
SELECT c.* FROM listed(:ids) wanted CROSS JOIN stock_card_shown c ON c.id = wanted.value
WHERE c.price_minor >= :low AND c.price_minor <= :high AND c.price_currency = :currency;
-- on postgresql
SELECT * FROM stock_card_shown
WHERE id IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:ids AS json)))
  AND price_minor >= :low AND price_minor <= :high AND price_currency = :currency
ORDER BY id DESC;

-- stock_public_of_author(author party_id, before integer, most integer) many stock_public_card_row
-- What an author has in the catalogue, newest first.
SELECT * FROM stock_card_shown WHERE author = :author AND id < :before ORDER BY id DESC LIMIT :most;

-- stock_public_of_collection(collection stock_collection_id, before integer, most integer) many stock_public_card_row
-- What a collection holds of the catalogue, newest first.
SELECT c.*
FROM stock_collected d
JOIN stock_card_shown c ON c.id = d.photo
WHERE d.collection = :collection AND d.photo < :before
ORDER BY d.photo DESC LIMIT :most;

-- stock_public_collection_by_id(collection stock_collection_id) one stock_public_collection_row
-- A collection with its owner's name.
SELECT c.id, c.title, c.about, c.owner, p.name AS owner_name
FROM stock_collection c JOIN core_party p ON p.id = c.owner
WHERE c.id = :collection;

-- stock_public_liked(most integer) many stock_public_card_row
-- Of the sixty newest in the catalogue those licensed most.
SELECT c.*
FROM (SELECT photo FROM stock_card WHERE photo > 0 ORDER BY photo DESC LIMIT 60) newest
JOIN stock_photo s ON s.id = newest.photo
JOIN stock_card_shown c ON c.id = newest.photo
ORDER BY s.licences DESC, s.id DESC LIMIT :most;

-- stock_public_licensed(photo stock_photo_id) one stock_count
-- How often a photograph was licensed.
SELECT licences AS number FROM stock_photo WHERE id = :photo;

-- stock_public_last_sale(before integer) one stock_public_sale_row
-- The newest licence of a photograph that can still be found, of which nothing came back, among the last
-- hundred.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, l.kind, a.name AS author_name, a.place AS author_place,
       h.name AS holder_name, h.place AS holder_place, l.price_minor, l.price_currency, l.level, l.counted,
       l.rate, l.share_minor, l.earned_minor, l.at
FROM (SELECT id FROM stock_licence WHERE id < :before ORDER BY id DESC LIMIT 100) newest
JOIN stock_licence l ON l.id = newest.id AND l.back_minor = 0
JOIN stock_photo s ON s.id = l.photo
JOIN core_party a ON a.id = l.author
JOIN core_party h ON h.id = l.holder
WHERE s.state = 'accepted'
ORDER BY l.id DESC LIMIT 1;

-- stock_public_decided(before integer) one stock_public_decisions
-- How the thousand newest photographs fared, as far as somebody has decided.
SELECT coalesce(sum(CASE WHEN state IN ('accepted', 'sold') THEN 1 ELSE 0 END), 0) AS accepted,
       coalesce(sum(CASE WHEN state IN ('refused', 'appealed', 'closed') THEN 1 ELSE 0 END), 0) AS refused
FROM (SELECT state FROM stock_photo WHERE id < :before ORDER BY id DESC LIMIT 1000) newest;

-- stock_public_earned_half(before integer, currency text) one stock_public_figures
-- The middle one of what the thousand newest licences earned.
WITH newest AS
    (SELECT earned_minor - back_earned_minor AS earned_minor, price_currency, ended FROM stock_licence
     WHERE id < :before ORDER BY id DESC LIMIT 1000),
counted AS
    (SELECT earned_minor, row_number() OVER (ORDER BY earned_minor) AS place, count(*) OVER () AS number
     FROM newest WHERE price_currency = :currency AND ended = 0)
SELECT count(*) AS licences, max(CASE WHEN place = (number + 1) / 2 THEN earned_minor END) AS half
FROM counted;

-- stock_public_people(most integer) one stock_count
-- How many people there are to be asked, as far as it is worth counting.
SELECT count(*) AS number FROM (SELECT 1 AS one FROM core_login WHERE person > 0 LIMIT :most) counted;

-- stock_public_uses(photo stock_photo_id) many stock_public_use
-- Who may use a photograph, the newest first.
SELECT l.kind AS licence, p.name AS holder_name, l.at
FROM stock_licence l JOIN core_party p ON p.id = l.holder
WHERE l.photo = :photo AND l.ended = 0
ORDER BY l.id DESC LIMIT 5;
