-- export_orders(business party_id, after order_id) many export_order
-- Orders of a business with who ordered, the oldest first.
SELECT o.id, o.number, o.placed, o.updated, c.reference, c.name, c.country, o.total_minor, o.total_currency,
       o.discount_minor, o.codes, o.cancelled, o.state
FROM core_order o LEFT JOIN core_customer c ON c.id = o.customer
WHERE o.business = :business AND o.id > :after
ORDER BY o.id LIMIT 500;

-- export_lines(first order_id, last order_id, business party_id) many order_line_row
-- What is in orders of a range.
SELECT l.of_order, l.line, l.product, l.title, l.quantity, l.total_minor, l.discount_minor
FROM core_order o JOIN core_order_line l ON l.of_order = o.id
WHERE o.business = :business AND o.id >= :first AND o.id <= :last
ORDER BY l.of_order, l.line;

-- export_products(business party_id, after product_id) many product_row
-- Products of a business, the oldest first.
SELECT id, business, number, title, category, price_minor, price_currency, link, picture, updated, import
FROM core_product WHERE business = :business AND id > :after ORDER BY id LIMIT 500;

-- export_customers(business party_id, after customer_id) many customer_row
-- Customers of a business, the oldest first.
SELECT id, business, reference, mail, name, country, party, import
FROM core_customer WHERE business = :business AND id > :after ORDER BY id LIMIT 500;
