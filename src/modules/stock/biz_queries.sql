-- stock_biz_deals_waiting(buyer party_id) one stock_count
-- How many counter-offers wait for a business, as far as it is worth counting.
SELECT count(*) AS number FROM
    (SELECT 1 AS one FROM core_deal
     WHERE buyer = :buyer AND flow = 'stock.deal' AND state = 'countered' LIMIT 100) counted;

-- stock_biz_talk_more(deal deal_id, buyer party_id) one stock_biz_talk_row
-- What else the page of a business' talk needs.
SELECT s.state AS photo_state, s.description, s.licences,
       (SELECT count(*) FROM (SELECT 1 AS one FROM stock_licence l
                              WHERE l.photo = t.photo AND l.holder = :buyer AND l.ended = 0 LIMIT 100) counted) AS held_before,
       COALESCE((SELECT max(l.id) FROM stock_licence l WHERE l.deal = t.deal), 0) AS certificate
FROM stock_deal t
JOIN stock_photo s ON s.id = t.photo
WHERE t.deal = :deal;

-- stock_biz_licences(holder party_id, before integer, most integer) many stock_biz_licence_row
-- Licences of a business, newest first.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, a.name AS author_name, p.name AS person_name, l.kind,
       l.price_minor, l.price_currency, l.paid_minor, l.back_minor, l.ended, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party a ON a.id = l.author
JOIN core_party p ON p.id = l.person
WHERE l.holder = :holder AND l.id < :before
ORDER BY l.id DESC LIMIT :most;

-- stock_biz_licence_whole(licence stock_licence_id, person party_id, staff flag) one stock_biz_whole_row
-- A licence for its author, the members of its holder, and the intermediary.
SELECT l.id, l.deal, l.photo, s.title, s.media, s.width, s.height, l.author, a.name AS author_name,
       l.holder, h.name AS holder_name, p.name AS person_name, l.kind, l.price_minor, l.price_currency,
       l.level, l.counted, l.rate, l.share_minor, l.earned_minor, l.paid_minor,
       l.posting, l.rights, l.terms, COALESCE(t.name, '') AS terms_name, COALESCE(t.version, '') AS terms_version,
       COALESCE(t.language, '') AS terms_language, COALESCE(t.body, '') AS terms_body,
       l.copy, COALESCE(l.copy_format, 'jpeg') AS copy_format,
       CASE WHEN m.person IS NULL THEN 0 ELSE 1 END AS held, l.back_minor, l.ended, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party a ON a.id = l.author
JOIN core_party h ON h.id = l.holder
JOIN core_party p ON p.id = l.person
LEFT JOIN core_terms t ON t.hash = l.terms
LEFT JOIN core_member m ON m.person = :person AND m.organisation = l.holder AND m.ended = 0 AND h.suspended = 0
WHERE l.id = :licence AND (l.author = :person OR :staff = 1 OR m.person IS NOT NULL);

-- stock_biz_copy(licence stock_licence_id) one stock_biz_copy_row
-- The file that a licensee downloads.
SELECT l.id, s.title, l.copy, COALESCE(l.copy_format, 'jpeg') AS copy_format, l.ended
FROM stock_licence l JOIN stock_photo s ON s.id = l.photo
WHERE l.id = :licence;

-- stock_biz_licence_of_deal(deal deal_id) one stock_biz_licence_row
-- The licence that a deal ended in, as its business lists it.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, a.name AS author_name, p.name AS person_name, l.kind,
       l.price_minor, l.price_currency, l.paid_minor, l.back_minor, l.ended, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party a ON a.id = l.author
JOIN core_party p ON p.id = l.person
WHERE l.deal = :deal;
