-- stock_me_waiting(person party_id, since instant) one stock_count
-- How many things wait for a person: offers to answer, refusals since a moment, and drafts as one.
SELECT (SELECT count(*) FROM (SELECT 1 AS one FROM core_deal
                              WHERE supplier = :person AND flow = 'stock.deal' AND state = 'offered' LIMIT 100) deals)
     + (SELECT count(*) FROM (SELECT 1 AS one FROM stock_photo
                              WHERE author = :person AND state = 'refused' AND moved + 0 > :since LIMIT 100) refused)
     + (SELECT count(*) FROM (SELECT 1 AS one FROM stock_photo
                              WHERE author = :person AND state = 'draft' LIMIT 1) drafts) AS number;

-- stock_me_refused(author party_id, since instant, most integer) many stock_me_photo_row
-- Photographs refused since a moment, newest first.
SELECT s.id, s.title, s.file, s.media, s.width, s.height, s.clip, s.state, s.from_minor, s.currency, s.reason,
       s.licences, s.at, s.moved
FROM stock_photo s
WHERE s.author = :author AND s.state = 'refused' AND s.moved + 0 > :since
ORDER BY s.id DESC LIMIT :most;

-- stock_me_photos(author party_id, first text, second text, third text, before integer, most integer) many stock_me_photo_row
-- A person's photographs in up to three states, newest first.
SELECT s.id, s.title, s.file, s.media, s.width, s.height, s.clip, s.state, s.from_minor, s.currency, s.reason,
       s.licences, s.at, s.moved
FROM (SELECT id FROM (SELECT id FROM stock_photo
                      WHERE author = :author AND state = :first AND id < :before
                      ORDER BY id DESC LIMIT :most) one
      UNION ALL
      SELECT id FROM (SELECT id FROM stock_photo
                      WHERE author = :author AND state = :second AND id < :before
                      ORDER BY id DESC LIMIT :most) two
      UNION ALL
      SELECT id FROM (SELECT id FROM stock_photo
                      WHERE author = :author AND state = :third AND id < :before
                      ORDER BY id DESC LIMIT :most) three) found
JOIN stock_photo s ON s.id = found.id
ORDER BY s.id DESC LIMIT :most;

-- stock_me_states(author party_id) many stock_me_state_row
-- How many photographs of a person stand where.
SELECT state, count(*) AS number FROM stock_photo WHERE author = :author GROUP BY state;

-- stock_me_decided(author party_id, most integer) many stock_me_photo_row
-- A person's photographs that somebody decided about last, newest first; by the index of moments, as
-- few of the newest are in other states.
SELECT s.id, s.title, s.file, s.media, s.width, s.height, s.clip, s.state, s.from_minor, s.currency, s.reason,
       s.licences, s.at, s.moved
FROM stock_photo s
WHERE s.author = :author AND s.state || '' IN ('accepted', 'refused', 'closed')
ORDER BY s.moved DESC LIMIT :most;

-- stock_me_arrivals(person party_id, before integer, most integer) many stock_me_arrival_row
-- Files that arrived from a person and what became of them, newest first.
SELECT a.id, a.file, a.size, a.photo, a.problem, a.at, s.state, s.title, s.media
FROM stock_arrival a
LEFT JOIN stock_photo s ON s.id = a.photo
WHERE a.person = :person AND a.id < :before
ORDER BY a.id DESC LIMIT :most;

-- stock_me_arrived(person party_id, since integer) one stock_me_arrived_row
-- How the newest thousand files fared that arrived since.
SELECT coalesce(sum(CASE WHEN photo IS NULL AND problem = '' THEN 1 ELSE 0 END), 0) AS waiting,
       coalesce(sum(CASE WHEN photo IS NOT NULL THEN 1 ELSE 0 END), 0) AS ready,
       coalesce(sum(CASE WHEN photo IS NULL AND problem <> '' THEN 1 ELSE 0 END), 0) AS refused
FROM (SELECT photo, problem FROM stock_arrival
      WHERE person = :person AND id > :since
      ORDER BY id DESC LIMIT 1000) newest;

-- stock_me_lines(author party_id, at instant, licence stock_licence_id, since instant, most integer) many stock_me_line_row
-- A person's licences before one, not before a moment, newest first.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, l.kind, l.holder, p.name AS holder_name,
       l.price_minor, l.price_currency, l.level, l.counted, l.rate, l.share_minor, l.earned_minor, l.posting, l.deal,
       l.terms, l.back_minor, l.back_earned_minor, l.ended,
       COALESCE((SELECT r.reason FROM stock_refund r WHERE r.licence = l.id ORDER BY r.id DESC LIMIT 1), '')
           AS back_reason,
       COALESCE((SELECT r.at FROM stock_refund r WHERE r.licence = l.id ORDER BY r.id DESC LIMIT 1), 0) AS back_at, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party p ON p.id = l.holder
WHERE l.author = :author AND l.at >= :since AND (l.at, l.id) < (:at, :licence)
ORDER BY l.at DESC, l.id DESC LIMIT :most;

-- stock_me_line(licence stock_licence_id, author party_id) one stock_me_line_row
-- One licence of a person's photograph.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, l.kind, l.holder, p.name AS holder_name,
       l.price_minor, l.price_currency, l.level, l.counted, l.rate, l.share_minor, l.earned_minor, l.posting, l.deal,
       l.terms, l.back_minor, l.back_earned_minor, l.ended,
       COALESCE((SELECT r.reason FROM stock_refund r WHERE r.licence = l.id ORDER BY r.id DESC LIMIT 1), '')
           AS back_reason,
       COALESCE((SELECT r.at FROM stock_refund r WHERE r.licence = l.id ORDER BY r.id DESC LIMIT 1), 0) AS back_at, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party p ON p.id = l.holder
WHERE l.id = :licence AND l.author = :author;

-- stock_me_fees(author party_id, at instant, licence stock_licence_id, since instant, last stock_licence_id) many stock_fee_row
-- The fees of a person's licences from one down to another, newest first.
SELECT f.licence, f.number, f.name, f.bearer, f.counted_on, f.base_minor, f.rate, f.fixed_minor, f.least_minor,
       f.most_minor, f.amount_minor, f.cut
FROM stock_licence l
JOIN stock_fee f ON f.licence = l.id
WHERE l.author = :author AND (l.at, l.id) <= (:at, :licence) AND (l.at, l.id) >= (:since, :last)
ORDER BY l.at DESC, l.id DESC, f.number;

-- stock_me_sales(photo stock_photo_id, author party_id) many stock_me_line_row
-- The newest licences of one of a person's photographs.
SELECT l.id, l.photo, s.title, s.media, s.width, s.height, l.kind, l.holder, p.name AS holder_name,
       l.price_minor, l.price_currency, l.level, l.counted, l.rate, l.share_minor, l.earned_minor, l.posting, l.deal,
       l.terms, l.back_minor, l.back_earned_minor, l.ended,
       COALESCE((SELECT r.reason FROM stock_refund r WHERE r.licence = l.id ORDER BY r.id DESC LIMIT 1), '')
           AS back_reason,
       COALESCE((SELECT r.at FROM stock_refund r WHERE r.licence = l.id ORDER BY r.id DESC LIMIT 1), 0) AS back_at, l.at
FROM stock_licence l
JOIN stock_photo s ON s.id = l.photo
JOIN core_party p ON p.id = l.holder
WHERE l.photo = :photo AND l.author = :author
ORDER BY l.id DESC LIMIT 20;

-- stock_me_months takes stock_me_year many stock_me_month_row
-- What a person earned in each of twelve months, less what came back.
SELECT number, CAST(sum(CASE WHEN ended = 0 THEN 1 ELSE 0 END) AS BIGINT) AS licences,
       CAST(sum(earned_minor) - sum(back_earned_minor) AS BIGINT) AS earned_minor
FROM (SELECT CASE WHEN at < :month_1 THEN 0 WHEN at < :month_2 THEN 1 WHEN at < :month_3 THEN 2
                  WHEN at < :month_4 THEN 3 WHEN at < :month_5 THEN 4 WHEN at < :month_6 THEN 5
                  WHEN at < :month_7 THEN 6 WHEN at < :month_8 THEN 7 WHEN at < :month_9 THEN 8
                  WHEN at < :month_10 THEN 9 WHEN at < :month_11 THEN 10 ELSE 11 END AS number,
             earned_minor, back_earned_minor, ended
      FROM stock_licence
      WHERE author = :author AND at >= :month_0 AND at < :month_12 AND price_currency = :currency) lines
GROUP BY number;

-- stock_me_earned_between(author party_id, since instant, until instant, currency text) one stock_me_month_row
-- What a person earned in a time, less what came back.
SELECT 0 AS number, CAST(coalesce(sum(CASE WHEN ended = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS licences,
       CAST(coalesce(sum(earned_minor) - sum(back_earned_minor), 0) AS BIGINT) AS earned_minor
FROM stock_licence
WHERE author = :author AND at >= :since AND at < :until AND price_currency = :currency;

-- stock_me_rights(person party_id, before integer, most integer) many stock_me_right_row
-- What a person passed on of their photographs, newest first.
SELECT r.id, r.subject AS photo, s.title, s.media, s.width, s.height, r.scope, r.territory, r.exclusive, r.begins,
       r.ends, p.name AS holder_name
FROM core_right r
JOIN stock_photo s ON s.id = r.subject
JOIN core_party p ON p.id = r.holder
WHERE r.grantor = :person AND r.id < :before
ORDER BY r.id DESC LIMIT :most;

-- stock_me_rights_count(person party_id, at instant) one stock_me_rights_row
-- How many rights a person granted run at a moment, among the newest thousand.
SELECT count(*) AS running, coalesce(sum(CASE WHEN exclusive = 1 THEN 1 ELSE 0 END), 0) AS exclusive
FROM (SELECT exclusive, ends FROM core_right WHERE grantor = :person ORDER BY id DESC LIMIT 1000) newest
WHERE ends IS NULL OR ends > :at;

-- stock_me_collections(owner party_id, before integer, most integer) many stock_me_collection_row
-- A person's collections, newest first.
SELECT c.id, c.title, c.about, c.at,
       (SELECT count(*) FROM (SELECT 1 AS one FROM stock_collected k
                              WHERE k.collection = c.id LIMIT 1000) counted) AS number
FROM stock_collection c
WHERE c.owner = :owner AND c.id < :before
ORDER BY c.id DESC LIMIT :most;

-- stock_me_collection(collection stock_collection_id, owner party_id) one stock_me_collection_row
-- One collection of a person.
SELECT c.id, c.title, c.about, c.at,
       (SELECT count(*) FROM (SELECT 1 AS one FROM stock_collected k
                              WHERE k.collection = c.id LIMIT 1000) counted) AS number
FROM stock_collection c
WHERE c.id = :collection AND c.owner = :owner;

-- stock_me_collected(collection stock_collection_id, before integer, most integer) many stock_me_tile_row
-- What a collection holds, newest first.
SELECT s.id, s.title, s.media, s.width, s.height, s.state
FROM stock_collected c
JOIN stock_photo s ON s.id = c.photo
WHERE c.collection = :collection AND c.photo < :before
ORDER BY c.photo DESC LIMIT :most;

-- stock_me_collectable(collection stock_collection_id, owner party_id, before integer, most integer) many stock_me_tile_row
-- A person's photographs in the catalogue that a collection does not hold, newest first.
SELECT s.id, s.title, s.media, s.width, s.height, s.state
FROM stock_photo s
WHERE s.author = :owner AND s.state = 'accepted' AND s.id < :before
  AND NOT EXISTS (SELECT 1 FROM stock_collected c WHERE c.collection = :collection AND c.photo = s.id)
ORDER BY s.id DESC LIMIT :most;

-- stock_me_collection_insert(id stock_collection_id, owner party_id, title text, about text, at instant) nothing
-- Begins a collection.
INSERT INTO stock_collection (id, owner, title, about, at) VALUES (:id, :owner, :title, :about, :at);

-- stock_me_collection_set(id stock_collection_id, owner party_id, title text, about text) one stock_me_collection_hit
-- Names a collection anew.
UPDATE stock_collection SET title = :title, about = :about WHERE id = :id AND owner = :owner RETURNING id;

-- stock_me_collect(collection stock_collection_id, photo stock_photo_id, owner party_id, at instant) nothing
-- Puts a person's own photograph into their own collection; twice is once.
INSERT INTO stock_collected (collection, photo, at)
SELECT c.id, s.id, :at FROM stock_collection c JOIN stock_photo s ON s.author = c.owner
WHERE c.id = :collection AND c.owner = :owner AND s.id = :photo AND s.state = 'accepted'
ON CONFLICT (collection, photo) DO NOTHING;

-- stock_me_uncollect(collection stock_collection_id, photo stock_photo_id) nothing
-- Takes a photograph out of a collection.
DELETE FROM stock_collected WHERE collection = :collection AND photo = :photo;
