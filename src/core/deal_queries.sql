-- deal_insert takes deal_row nothing
-- Writes a new deal.
INSERT INTO core_deal (id, flow, state, subject, call, supplier, buyer, price_minor, price_currency, at, moved)
VALUES (:id, :flow, :state, :subject, :call, :supplier, :buyer, :price_minor, :price_currency, :at, :moved);

-- deal_by_id(id deal_id) one deal_row
-- One deal.
SELECT id, flow, state, subject, call, supplier, buyer, price_minor, price_currency, at, moved
FROM core_deal WHERE id = :id;

-- flow core_deal(state, moved, flow)

-- deal_set_price(id deal_id, price money) one deal_hit
-- Names another price.
UPDATE core_deal SET price_minor = :price_minor, price_currency = :price_currency
WHERE id = :id
RETURNING id;
