-- stock_refund_licence(licence stock_licence_id) one stock_refund_licence_row
-- A licence as a refund needs it.
SELECT id, deal, photo, author, holder, person, kind, price_minor, price_currency, posting, rights
FROM stock_licence WHERE id = :licence;

-- stock_refund_insert takes stock_refund_row nothing
-- Notes a refund.
INSERT INTO stock_refund (id, licence, posting, amount_minor, amount_currency, earned_minor, reason, person, ends, at)
VALUES (:id, :licence, :posting, :amount_minor, :amount_currency, :earned_minor, :reason, :person, :ends, :at);

-- stock_refund_by_id(refund stock_refund_id) one stock_refund_row
-- A refund.
SELECT id, licence, posting, amount_minor, amount_currency, earned_minor, reason, person, ends, at
FROM stock_refund WHERE id = :refund;

-- stock_refunds_of(licence stock_licence_id) many stock_refund_named_row
-- The refunds of a licence, oldest first.
SELECT r.id, r.posting, r.amount_minor, r.amount_currency, r.earned_minor, r.reason, p.name AS person_name, r.ends, r.at
FROM stock_refund r JOIN core_party p ON p.id = r.person
WHERE r.licence = :licence ORDER BY r.id LIMIT 100;

-- stock_licence_given_back(licence stock_licence_id, amount integer, earned integer, ended instant) nothing
-- That much more of a licence came back; it ended then, or 0.
UPDATE stock_licence SET back_minor = back_minor + :amount, back_earned_minor = back_earned_minor + :earned,
    ended = :ended
WHERE id = :licence;

-- stock_photo_unlicensed(photo stock_photo_id) nothing
-- One licence less.
UPDATE stock_photo SET licences = licences - 1 WHERE id = :photo;

-- stock_refund_told(refund stock_refund_id) one stock_refund_told_row
-- A refund with its licence and the names of both sides, to tell them of it.
SELECT r.licence, r.amount_minor, r.amount_currency, r.earned_minor, r.reason, r.ends, l.author, a.name AS author_name,
       l.holder, h.name AS holder_name, l.person, l.kind, l.paid_minor - l.back_minor AS left_minor, s.title
FROM stock_refund r
JOIN stock_licence l ON l.id = r.licence
JOIN stock_photo s ON s.id = l.photo
JOIN core_party a ON a.id = l.author
JOIN core_party h ON h.id = l.holder
WHERE r.id = :refund;

-- stock_refund_readers(holder party_id, person party_id) many stock_refund_reader
-- Who is told for a business: the member who bought, or its owners when they have left.
SELECT m.person
FROM core_member m
WHERE m.organisation = :holder AND m.ended = 0
  AND (m.person = :person
       OR (m.role = 'owner' AND NOT EXISTS (SELECT 1 FROM core_member b
                                            WHERE b.organisation = :holder AND b.person = :person AND b.ended = 0)))
ORDER BY m.person LIMIT 20;
