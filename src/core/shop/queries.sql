-- orders_known(business party_id, numbers text) many order_known
-- Those of several numbers that a business has told of, each with its place among them.
-- on sqlite
SELECT k.key AS place, o.id, o.state, o.total_minor, o.total_currency, o.refunded_minor, o.updated, o.cancelled,
       o.fingerprint, o.import
FROM json_each(:numbers) k CROSS JOIN core_order o ON o.business = :business AND o.number = k.value;
-- on postgresql
SELECT k.nth - 1 AS place, o.id, o.state, o.total_minor, o.total_currency, o.refunded_minor, o.updated, o.cancelled,
       o.fingerprint, o.import
FROM json_array_elements_text(CAST(:numbers AS json)) WITH ORDINALITY AS k(value, nth)
JOIN core_order o ON o.business = :business AND o.number = k.value;

-- order_lock(business party_id, number text) one order_row
-- An order by the shop's number, for a write that changes it.
-- on sqlite
SELECT id, business, number, customer, state, source, total_minor, total_currency, discount_minor, refunded_minor, codes,
       placed, updated, cancelled, fingerprint, import
FROM core_order WHERE business = :business AND number = :number;
-- on postgresql
SELECT id, business, number, customer, state, source, total_minor, total_currency, discount_minor, refunded_minor, codes,
       placed, updated, cancelled, fingerprint, import
FROM core_order WHERE business = :business AND number = :number FOR UPDATE;

-- order_of(id order_id, business party_id) one order_row
-- An order of a business.
SELECT id, business, number, customer, state, source, total_minor, total_currency, discount_minor, refunded_minor, codes,
       placed, updated, cancelled, fingerprint, import
FROM core_order WHERE id = :id AND business = :business;

-- orders_insert(rows text) nothing
-- Writes several orders.
-- on sqlite
INSERT INTO core_order (id, business, number, customer, state, source, total_minor, total_currency, discount_minor,
    refunded_minor, codes, placed, updated, cancelled, fingerprint, import)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
       value ->> 8, 0, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14
FROM json_each(:rows);
-- on postgresql
INSERT INTO core_order (id, business, number, customer, state, source, total_minor, total_currency, discount_minor,
    refunded_minor, codes, placed, updated, cancelled, fingerprint, import)
SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), value ->> 2, CAST(value ->> 3 AS BIGINT), value ->> 4,
       value ->> 5, CAST(value ->> 6 AS BIGINT), value ->> 7, CAST(value ->> 8 AS BIGINT), 0, value ->> 9,
       CAST(value ->> 10 AS BIGINT), CAST(value ->> 11 AS BIGINT), CAST(value ->> 12 AS BIGINT), value ->> 13,
       CAST(value ->> 14 AS BIGINT)
FROM json_array_elements(CAST(:rows AS json)) AS r(value);

-- order_lines_insert(rows text) nothing
-- Writes what is in several orders.
-- on sqlite
INSERT INTO core_order_line (of_order, line, product, title, quantity, total_minor, discount_minor)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(:rows);
-- on postgresql
INSERT INTO core_order_line (of_order, line, product, title, quantity, total_minor, discount_minor)
SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), value ->> 2, value ->> 3, CAST(value ->> 4 AS BIGINT),
       CAST(value ->> 5 AS BIGINT), CAST(value ->> 6 AS BIGINT)
FROM json_array_elements(CAST(:rows AS json)) AS r(value);

-- order_line_insert takes order_line_row nothing
-- Writes one thing in an order.
INSERT INTO core_order_line (of_order, line, product, title, quantity, total_minor, discount_minor)
VALUES (:of_order, :line, :product, :title, :quantity, :total_minor, :discount_minor);

-- order_insert takes order_row nothing
-- Writes one order.
INSERT INTO core_order (id, business, number, customer, state, source, total_minor, total_currency, discount_minor,
    refunded_minor, codes, placed, updated, cancelled, fingerprint, import)
VALUES (:id, :business, :number, :customer, :state, :source, :total_minor, :total_currency, :discount_minor,
    :refunded_minor, :codes, :placed, :updated, :cancelled, :fingerprint, :import);

-- order_store takes order_row nothing
-- What became of an order.
UPDATE core_order SET number = :number, customer = :customer, state = :state, source = :source,
    total_minor = :total_minor, total_currency = :total_currency, discount_minor = :discount_minor,
    refunded_minor = :refunded_minor, codes = :codes, placed = :placed, updated = :updated, cancelled = :cancelled,
    fingerprint = :fingerprint, import = :import
WHERE id = :id AND business = :business;

-- order_lines_drop(id order_id) nothing
-- Takes out what was in an order.
DELETE FROM core_order_line WHERE of_order = :id;

-- order_lines_of(id order_id) many order_line_row
-- What is in an order.
SELECT of_order, line, product, title, quantity, total_minor, discount_minor FROM core_order_line
WHERE of_order = :id ORDER BY line LIMIT 500;

-- order_refund_find(of_order order_id, number text) one refund_row
-- A refund by the shop's number.
SELECT id, of_order, number, amount_minor, amount_currency, note, state, at FROM core_order_refund
WHERE of_order = :of_order AND number = :number;

-- order_refunds_of(of_order order_id) many refund_row
-- What was given back of an order, in the order in which it came.
SELECT id, of_order, number, amount_minor, amount_currency, note, state, at FROM core_order_refund
WHERE of_order = :of_order ORDER BY id LIMIT 200;

-- order_refund_insert takes refund_row nothing
-- Keeps a refund.
INSERT INTO core_order_refund (id, of_order, number, amount_minor, amount_currency, note, state, at)
VALUES (:id, :of_order, :number, :amount_minor, :amount_currency, :note, :state, :at);

-- order_refund_state(id order_refund_id, state refund_state) nothing
-- What became of a refund.
UPDATE core_order_refund SET state = :state WHERE id = :id;

-- order_refunds_wait(of_order order_id) nothing
-- All refunds of an order wait for it again.
UPDATE core_order_refund SET state = 'waiting' WHERE of_order = :of_order;

-- customers_known(business party_id, references_ text) many customer_place
-- Those of several references that a business knows, each with its place among them.
-- on sqlite
SELECT k.key AS place, c.id
FROM json_each(:references_) k CROSS JOIN core_customer c ON c.business = :business AND c.reference = k.value;
-- on postgresql
SELECT k.nth - 1 AS place, c.id
FROM json_array_elements_text(CAST(:references_ AS json)) WITH ORDINALITY AS k(value, nth)
JOIN core_customer c ON c.business = :business AND c.reference = k.value;

-- customers_insert(rows text) nothing
-- Writes several customers, but those that are known.
-- on sqlite
INSERT INTO core_customer (id, business, reference, mail, name, country, party, import)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
       (SELECT l.person FROM core_login l WHERE l.mail = value ->> 6 AND l.confirmed > 0), value ->> 7
FROM json_each(:rows) WHERE true
ON CONFLICT (business, reference) DO NOTHING;
-- on postgresql
INSERT INTO core_customer (id, business, reference, mail, name, country, party, import)
SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), value ->> 2, value ->> 3, value ->> 4, value ->> 5,
       (SELECT l.person FROM core_login l WHERE l.mail = value ->> 6 AND l.confirmed > 0), CAST(value ->> 7 AS BIGINT)
FROM json_array_elements(CAST(:rows AS json)) AS r(value)
ON CONFLICT (business, reference) DO NOTHING;

-- customer_make takes customer_new nothing
-- Writes a customer, unless they are known.
INSERT INTO core_customer (id, business, reference, mail, name, country, party, import)
SELECT :id, :business, :reference, :mail, :name, :country, (SELECT l.person FROM core_login l WHERE l.mail = :plain AND l.confirmed > 0),
       :import
WHERE true
ON CONFLICT (business, reference) DO NOTHING;

-- customer_by_mail(business party_id, mail text) one customer_row
-- The first customer of a business with an address.
SELECT id, business, reference, mail, name, country, party, import FROM core_customer
WHERE business = :business AND mail = :mail AND mail <> '' ORDER BY id LIMIT 1;

-- customer_by_reference(business party_id, reference text) one customer_row
-- A customer by the shop's number.
SELECT id, business, reference, mail, name, country, party, import FROM core_customer
WHERE business = :business AND reference = :reference;

-- customer_insert takes customer_row nothing
-- Writes a customer.
INSERT INTO core_customer (id, business, reference, mail, name, country, party, import)
VALUES (:id, :business, :reference, :mail, :name, :country, :party, :import);

-- customer_store takes customer_row nothing
-- What became of a customer.
UPDATE core_customer SET reference = :reference, mail = :mail, name = :name, country = :country, party = :party,
    import = :import
WHERE id = :id AND business = :business;

-- shop_login(mail text) one login_found
-- Who signs in with an address that is known to be theirs.
SELECT person FROM core_login WHERE mail = :mail AND confirmed > 0;

-- product_by_number(business party_id, number text) one product_row
-- A product by the shop's number.
SELECT id, business, number, title, category, price_minor, price_currency, link, picture, updated, import
FROM core_product WHERE business = :business AND number = :number;

-- product_insert takes product_row nothing
-- Writes a product.
INSERT INTO core_product (id, business, number, title, category, price_minor, price_currency, link, picture, updated, import)
VALUES (:id, :business, :number, :title, :category, :price_minor, :price_currency, :link, :picture, :updated, :import);

-- product_store takes product_row nothing
-- What became of a product.
UPDATE core_product SET number = :number, title = :title, category = :category, price_minor = :price_minor,
    price_currency = :price_currency, link = :link, picture = :picture, updated = :updated, import = :import
WHERE id = :id AND business = :business;
