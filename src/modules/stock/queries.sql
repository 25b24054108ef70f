-- stock_photo_insert takes stock_photo_new nothing
-- Writes a new draft.
INSERT INTO stock_photo (id, author, media, file, state, title, description, tags, category, shape, colour,
    width, height, clip, standard_minor, extended_minor, editorial_minor, buyout_minor, from_minor, currency,
    like_photo, like_points, at, moved)
VALUES (:id, :author, :media, :file, 'draft', '', '', '', 'things', :shape, :colour,
    :width, :height, :clip, 0, 0, 0, 0, 0, :currency, :like_photo, :like_points, :at, :at);

-- stock_photo_by_id(photo stock_photo_id) one stock_photo_row
-- A photograph with its author and file.
SELECT * FROM stock_photo_shown WHERE id = :photo;

-- stock_photo_of_author(photo stock_photo_id, author party_id) one stock_photo_row
-- The same, for its author only.
SELECT * FROM stock_photo_shown WHERE id = :photo AND author = :author;

-- stock_photo_with_file(author party_id, media text) one stock_photo_hit
-- The photograph that an author made of a file.
SELECT id FROM stock_photo WHERE author = :author AND media = :media;

-- stock_photo_describe takes stock_photo_words one stock_photo_hit
-- Keeps what its author says; not while somebody is looking at it or after it is sold.
UPDATE stock_photo SET title = :title, description = :description, tags = :tags, category = :category,
    standard_minor = :standard_minor, extended_minor = :extended_minor,
    editorial_minor = :editorial_minor, buyout_minor = :buyout_minor, from_minor = :from_minor,
    currency = :currency, import = 0
WHERE id = :id AND author = :author AND state IN ('draft', 'refused', 'accepted', 'withdrawn')
RETURNING id;

-- flow stock_photo(state, moved, owner author)

-- stock_photo_decided(photo stock_photo_id, reviewer party_id, reason text) nothing
-- Who decided and why.
UPDATE stock_photo SET reviewer = :reviewer, reason = :reason WHERE id = :photo;

-- stock_photo_licensed(photo stock_photo_id) nothing
-- One licence more.
UPDATE stock_photo SET licences = licences + 1 WHERE id = :photo;

-- stock_card_put(photo stock_photo_id) nothing
-- The card of an accepted photograph, as it is now.
INSERT INTO stock_card (photo, author, media, width, height, clip, from_minor, currency, title)
SELECT id, author, media, width, height, clip, from_minor, currency, title FROM stock_photo WHERE id = :photo
ON CONFLICT (photo) DO UPDATE SET from_minor = excluded.from_minor, currency = excluded.currency,
    title = excluded.title;

-- stock_card_remove(photo stock_photo_id) nothing
-- Out of the catalogue.
DELETE FROM stock_card WHERE photo = :photo;

-- stock_band_insert(band integer, photo stock_photo_id, likeness integer) nothing
-- One band of a perceptual hash.
INSERT INTO stock_band (band, photo, likeness) VALUES (:band, :photo, :likeness);

-- stock_band_find(band integer) many stock_band_row
-- Photographs that agree in one band.
SELECT photo, likeness FROM stock_band WHERE band = :band LIMIT 5000;

-- stock_deal_insert takes stock_deal_new nothing
-- What a deal about a photograph is about.
INSERT INTO stock_deal (deal, photo, licence, asked_minor, hold, person, terms, fees)
VALUES (:deal, :photo, :licence, :asked_minor, :hold, :person, :terms, :fees);

-- stock_deal_by_id(deal deal_id) one stock_deal_row
-- A talk about a licence.
SELECT * FROM stock_deal_shown WHERE deal = :deal;

-- stock_deal_hold(deal deal_id, hold hold_id) nothing
-- Which hold has the buyer's money.
UPDATE stock_deal SET hold = :hold WHERE deal = :deal;

-- stock_licences_since(author party_id, since instant) one stock_count
-- How many licences an author's photographs had since that run, as far as a level can depend on it.
SELECT count(*) AS number FROM
    (SELECT 1 AS one FROM stock_licence
     WHERE author = :author AND at > :since AND ended = 0 LIMIT 1000) counted;

-- stock_licence_insert takes stock_licence_row nothing
-- Writes a licence with the facts behind its sums.
INSERT INTO stock_licence (id, deal, photo, author, holder, person, kind, price_minor, price_currency, level,
    counted, rate, share_minor, earned_minor, paid_minor, posting, rights, terms, at)
VALUES (:id, :deal, :photo, :author, :holder, :person, :kind, :price_minor, :price_currency, :level,
    :counted, :rate, :share_minor, :earned_minor, :paid_minor, :posting, :rights, :terms, :at);

-- stock_fee_insert takes stock_fee_row nothing
-- Writes a fee of a licence.
INSERT INTO stock_fee (licence, number, name, bearer, counted_on, base_minor, rate, fixed_minor, least_minor,
    most_minor, amount_minor, cut)
VALUES (:licence, :number, :name, :bearer, :counted_on, :base_minor, :rate, :fixed_minor, :least_minor,
    :most_minor, :amount_minor, :cut);

-- stock_fees_of(licence stock_licence_id) many stock_fee_row
-- The fees of a licence, in their order.
SELECT licence, number, name, bearer, counted_on, base_minor, rate, fixed_minor, least_minor, most_minor,
       amount_minor, cut
FROM stock_fee WHERE licence = :licence ORDER BY number;

-- stock_licence_of_deal(deal deal_id) one stock_licence_row
-- The licence that a deal ended in.
SELECT id, deal, photo, author, holder, person, kind, price_minor, price_currency, level, counted, rate,
    share_minor, earned_minor, paid_minor, posting, rights, terms, at
FROM stock_licence WHERE deal = :deal;

-- stock_arrival_insert takes stock_arrival_row nothing
-- Notes a file that arrived.
INSERT INTO stock_arrival (id, person, file, size, photo, problem, at)
VALUES (:id, :person, :file, :size, :photo, :problem, :at);

-- stock_arrival_by_id(id stock_arrival_id) one stock_arrival_row
-- A file that arrived.
SELECT id, person, file, size, photo, problem, at FROM stock_arrival WHERE id = :id;

-- stock_arrival_end(id stock_arrival_id, photo maybe_stock_photo_id, problem text) nothing
-- What became of an arrival.
UPDATE stock_arrival SET photo = :photo, problem = :problem WHERE id = :id;

-- stock_photos_of_author(author party_id, before integer, most integer) many stock_photo_row
-- An author's photographs in any state, newest first.
SELECT * FROM stock_photo_shown WHERE author = :author AND id < :before ORDER BY id DESC LIMIT :most;

-- stock_audit_cards(after stock_photo_id) many stock_photo_hit
-- For the audit: photographs whose card is missing, left over, or says something else.
SELECT s.id
FROM stock_photo s
LEFT JOIN stock_card c ON c.photo = s.id
WHERE s.id > :after
  AND ((s.state = 'accepted' AND (c.photo IS NULL OR c.author <> s.author OR c.media <> s.media
            OR c.title <> s.title OR c.from_minor <> s.from_minor OR c.currency <> s.currency))
       OR (s.state <> 'accepted' AND c.photo IS NOT NULL))
ORDER BY s.id LIMIT 100;

-- stock_audit_deals(after integer) many stock_audit_row
-- For the audit: licensed and refunded deals with what was licensed, granted, taken, earned and kept as fees
-- because of them, corrections apart, and with what corrections took back.
SELECT d.id AS deal, CASE WHEN d.state = 'refunded' THEN 1 ELSE 0 END AS refunded, d.price_minor,
       (SELECT count(*) FROM stock_licence l WHERE l.deal = d.id) AS licences,
       (SELECT count(*) FROM core_right r WHERE r.deal = d.id) AS rights,
       (SELECT count(*) FROM core_right r WHERE r.deal = d.id AND r.ends IS NULL) AS running,
       (SELECT count(*) FROM stock_licence l WHERE l.deal = d.id AND l.ended > 0) AS ended,
       COALESCE((SELECT max(l.earned_minor) FROM stock_licence l WHERE l.deal = d.id), 0) AS earned_minor,
       COALESCE((SELECT max(l.paid_minor) FROM stock_licence l WHERE l.deal = d.id), 0) AS paid_minor,
       (SELECT count(*) FROM stock_licence l JOIN stock_fee f ON f.licence = l.id
        WHERE l.deal = d.id) AS fee_count,
       CAST(COALESCE((SELECT sum(f.amount_minor) FROM stock_licence l JOIN stock_fee f ON f.licence = l.id
                 WHERE l.deal = d.id AND f.bearer = 'buyer'), 0) AS BIGINT) AS extra_minor,
       CAST(COALESCE((SELECT sum(f.amount_minor) FROM stock_licence l JOIN stock_fee f ON f.licence = l.id
                 WHERE l.deal = d.id), 0) AS BIGINT) AS fees_minor,
       CAST(COALESCE((SELECT sum(t.amount_minor) FROM ledger_posting p
                 JOIN ledger_transfer t ON t.posting = p.id
                 JOIN ledger_account a ON a.id = t.from_account
                 WHERE p.subject = d.id AND p.corrects IS NULL AND a.purpose = 'wallet'), 0) AS BIGINT) AS taken,
       CAST(COALESCE((SELECT sum(CASE WHEN a.purpose = 'earnings' THEN t.amount_minor ELSE 0 END)
                      - sum(CASE WHEN f.purpose = 'earnings' THEN t.amount_minor ELSE 0 END)
                 FROM ledger_posting p
                 JOIN ledger_transfer t ON t.posting = p.id
                 JOIN ledger_account a ON a.id = t.to_account
                 JOIN ledger_account f ON f.id = t.from_account
                 WHERE p.subject = d.id AND p.corrects IS NULL), 0) AS BIGINT) AS earned,
       CAST(COALESCE((SELECT sum(CASE WHEN a.purpose = 'fees' THEN t.amount_minor ELSE 0 END)
                      - sum(CASE WHEN f.purpose = 'fees' THEN t.amount_minor ELSE 0 END)
                 FROM ledger_posting p
                 JOIN ledger_transfer t ON t.posting = p.id
                 JOIN ledger_account a ON a.id = t.to_account
                 JOIN ledger_account f ON f.id = t.from_account
                 WHERE p.subject = d.id AND p.corrects IS NULL), 0) AS BIGINT) AS fees,
       COALESCE((SELECT max(l.back_minor) FROM stock_licence l WHERE l.deal = d.id), 0) AS back_minor,
       COALESCE((SELECT max(l.back_earned_minor) FROM stock_licence l WHERE l.deal = d.id), 0) AS back_earned_minor,
       (SELECT count(*) FROM stock_refund k JOIN stock_licence l ON l.id = k.licence
        WHERE l.deal = d.id) AS refund_count,
       CAST(COALESCE((SELECT sum(k.amount_minor) FROM stock_refund k
                 JOIN stock_licence l ON l.id = k.licence
                 WHERE l.deal = d.id), 0) AS BIGINT) AS refunds,
       CAST(COALESCE((SELECT sum(t.amount_minor) FROM ledger_posting p
                 JOIN ledger_transfer t ON t.posting = p.id
                 JOIN ledger_account a ON a.id = t.to_account
                 WHERE p.subject = d.id AND p.corrects IS NOT NULL AND a.purpose = 'wallet'), 0) AS BIGINT) AS back,
       CAST(COALESCE((SELECT sum(CASE WHEN f.purpose = 'earnings' THEN t.amount_minor ELSE 0 END)
                      - sum(CASE WHEN a.purpose = 'earnings' THEN t.amount_minor ELSE 0 END)
                 FROM ledger_posting p
                 JOIN ledger_transfer t ON t.posting = p.id
                 JOIN ledger_account a ON a.id = t.to_account
                 JOIN ledger_account f ON f.id = t.from_account
                 WHERE p.subject = d.id AND p.corrects IS NOT NULL), 0) AS BIGINT) AS back_earned,
       CAST(COALESCE((SELECT sum(CASE WHEN f.purpose = 'fees' THEN t.amount_minor ELSE 0 END)
                      - sum(CASE WHEN a.purpose = 'fees' THEN t.amount_minor ELSE 0 END)
                 FROM ledger_posting p
                 JOIN ledger_transfer t ON t.posting = p.id
                 JOIN ledger_account a ON a.id = t.to_account
                 JOIN ledger_account f ON f.id = t.from_account
                 WHERE p.subject = d.id AND p.corrects IS NOT NULL), 0) AS BIGINT) AS back_fees
FROM core_deal d
WHERE d.flow = 'stock.deal' AND d.state IN ('licensed', 'refunded') AND d.id > :after
ORDER BY d.id LIMIT 500;

-- stock_licence_by_id(licence stock_licence_id) one stock_licence_row
-- A licence with every fact behind its sums.
SELECT id, deal, photo, author, holder, person, kind, price_minor, price_currency, level, counted, rate,
    share_minor, earned_minor, paid_minor, posting, rights, terms, at
FROM stock_licence WHERE id = :licence;

-- stock_licence_copied(licence stock_licence_id, copy text, format media_format) nothing
-- The copy with credit written in is made.
UPDATE stock_licence SET copy = :copy, copy_format = :format WHERE id = :licence;
