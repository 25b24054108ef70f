-- stock_desk_licences_newest(before integer, most integer) many stock_desk_licence_row
-- Licences of all businesses, newest first.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, a.name AS author_name, h.name AS holder_name, l.kind,
       l.price_minor, l.price_currency, l.paid_minor, l.back_minor, l.ended, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party a ON a.id = l.author
JOIN core_party h ON h.id = l.holder
WHERE l.id < :before
ORDER BY l.id DESC LIMIT :most;

-- stock_desk_licences_of_photo(photo stock_photo_id, before integer, most integer) many stock_desk_licence_row
-- Licences of a photograph, newest first.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, a.name AS author_name, h.name AS holder_name, l.kind,
       l.price_minor, l.price_currency, l.paid_minor, l.back_minor, l.ended, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party a ON a.id = l.author
JOIN core_party h ON h.id = l.holder
WHERE l.photo = :photo AND l.id < :before
ORDER BY l.id DESC LIMIT :most;

-- stock_desk_licences_named(licence stock_licence_id, deal deal_id) many stock_desk_licence_row
-- The licence of that name, and the one that the talk of that name ended in.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, a.name AS author_name, h.name AS holder_name, l.kind,
       l.price_minor, l.price_currency, l.paid_minor, l.back_minor, l.ended, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party a ON a.id = l.author
JOIN core_party h ON h.id = l.holder
WHERE l.id = :licence OR l.deal = :deal
ORDER BY l.id DESC LIMIT 2;
