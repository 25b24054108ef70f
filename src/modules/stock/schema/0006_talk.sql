-- A talk about a licence with its photograph and both sides, as either of them sees it.
CREATE VIEW stock_talk_shown AS
SELECT d.id, d.state, t.photo, s.title, s.media, s.width, s.height, d.supplier AS author, a.name AS author_name,
       a.place AS author_place, d.buyer, b.name AS buyer_name, t.licence, t.asked_minor, d.price_minor,
       d.price_currency, d.at, d.moved
FROM core_deal d
JOIN stock_deal t ON t.deal = d.id
JOIN stock_photo s ON s.id = t.photo
JOIN core_party a ON a.id = d.supplier
JOIN core_party b ON b.id = d.buyer
WHERE d.flow = 'stock.deal';
