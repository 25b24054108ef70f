-- orders_listed(business party_id, before order_id) many order_listed
-- Orders of a business, newest first.
SELECT o.id, o.number, o.state, o.source, o.total_minor, o.total_currency, o.refunded_minor, o.placed, o.cancelled,
       c.reference, c.name, c.country, o.codes, o.discount_minor
FROM core_order o LEFT JOIN core_customer c ON c.id = o.customer
WHERE o.business = :business AND o.id < :before
ORDER BY o.id DESC LIMIT 51;

-- orders_numbered(business party_id, low text, high text) many order_listed
-- Orders of a business whose numbers begin in a certain way.
SELECT o.id, o.number, o.state, o.source, o.total_minor, o.total_currency, o.refunded_minor, o.placed, o.cancelled,
       c.reference, c.name, c.country, o.codes, o.discount_minor
FROM core_order o LEFT JOIN core_customer c ON c.id = o.customer
WHERE o.business = :business AND o.number >= :low AND o.number < :high
ORDER BY o.number LIMIT 50;

-- order_listed_one(business party_id, id order_id) one order_listed
-- One order of a business.
SELECT o.id, o.number, o.state, o.source, o.total_minor, o.total_currency, o.refunded_minor, o.placed, o.cancelled,
       c.reference, c.name, c.country, o.codes, o.discount_minor
FROM core_order o LEFT JOIN core_customer c ON c.id = o.customer
WHERE o.business = :business AND o.id = :id;

-- products_listed(business party_id, before product_id) many product_row
-- Products of a business, newest first.
SELECT id, business, number, title, category, price_minor, price_currency, link, picture, updated, import
FROM core_product WHERE business = :business AND id < :before
ORDER BY id DESC LIMIT 51;

-- products_numbered(business party_id, low text, high text) many product_row
-- Products of a business whose numbers begin in a certain way.
SELECT id, business, number, title, category, price_minor, price_currency, link, picture, updated, import
FROM core_product WHERE business = :business AND number >= :low AND number < :high
ORDER BY number LIMIT 50;

-- customers_listed(business party_id, before customer_id) many customer_row
-- Customers of a business, newest first.
SELECT id, business, reference, mail, name, country, party, import
FROM core_customer WHERE business = :business AND id < :before
ORDER BY id DESC LIMIT 51;

-- customers_numbered(business party_id, low text, high text) many customer_row
-- Customers of a business whose numbers begin in a certain way.
SELECT id, business, reference, mail, name, country, party, import
FROM core_customer WHERE business = :business AND reference >= :low AND reference < :high
ORDER BY reference LIMIT 50;

-- customers_mailed(business party_id, mail text) many customer_row
-- Customers of a business with an address.
SELECT id, business, reference, mail, name, country, party, import
FROM core_customer WHERE business = :business AND mail = :mail AND mail <> ''
ORDER BY id LIMIT 50;

-- orders_of_customer(business party_id, customer customer_id) many order_listed
-- What a customer ordered, newest first.
SELECT o.id, o.number, o.state, o.source, o.total_minor, o.total_currency, o.refunded_minor, o.placed, o.cancelled,
       c.reference, c.name, c.country, o.codes, o.discount_minor
FROM core_order o JOIN core_customer c ON c.id = o.customer
WHERE o.customer = :customer AND o.business = :business
ORDER BY o.id DESC LIMIT 20;
