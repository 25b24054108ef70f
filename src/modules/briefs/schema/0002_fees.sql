-- The fees an answer is under: the rules as they were when it was given. NULL: from before, today's are meant.
ALTER TABLE briefs_offer ADD COLUMN fees WORDS;

DROP VIEW briefs_offer_shown;
-- An answer with its deal, its brief and the names of both sides.
CREATE VIEW briefs_offer_shown AS
SELECT d.id AS deal, d.state, f.brief, c.title AS brief_title, c.state AS brief_state, c.until,
       d.buyer, o.name AS buyer_name, d.supplier, p.name AS supplier_name, p.place AS supplier_place,
       d.subject, f.title, f.media, f.href, d.price_minor, d.price_currency, f.note, f.scores, f.sum,
       f.remark, f.reason, f.fees, f.agreed, d.at, d.moved
FROM core_deal d
JOIN briefs_offer f ON f.deal = d.id
JOIN core_call c ON c.id = f.brief
JOIN core_party o ON o.id = d.buyer
JOIN core_party p ON p.id = d.supplier
WHERE d.flow = 'briefs.offer';
