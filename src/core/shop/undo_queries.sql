-- import_keep_order_row(import import_id, id order_id) nothing
-- Keeps what an order is now.
INSERT INTO core_order_before (by_import, id, number, customer, state, source, total_minor, total_currency,
    discount_minor, refunded_minor, codes, placed, updated, cancelled, fingerprint, import)
SELECT :import, id, number, customer, state, source, total_minor, total_currency, discount_minor, refunded_minor, codes,
       placed, updated, cancelled, fingerprint, import
FROM core_order WHERE id = :id;

-- import_keep_order_lines(import import_id, id order_id) nothing
-- Keeps what is in an order now.
INSERT INTO core_order_line_before (by_import, of_order, line, product, title, quantity, total_minor, discount_minor)
SELECT :import, of_order, line, product, title, quantity, total_minor, discount_minor
FROM core_order_line WHERE of_order = :id;

-- import_keep_customer_row(import import_id, id customer_id) nothing
-- Keeps what a customer is now.
INSERT INTO core_customer_before (by_import, id, reference, mail, name, country, party, import)
SELECT :import, id, reference, mail, name, country, party, import FROM core_customer WHERE id = :id;

-- import_keep_product_row(import import_id, id product_id) nothing
-- Keeps what a product is now.
INSERT INTO core_product_before (by_import, id, number, title, category, price_minor, price_currency, link, picture,
    updated, import)
SELECT :import, id, number, title, category, price_minor, price_currency, link, picture, updated, import
FROM core_product WHERE id = :id;

-- undo_orders_next(import import_id) many undo_hit
-- Orders that an import changed, some of those that are still to be put back.
SELECT id FROM core_order_before WHERE by_import = :import ORDER BY id LIMIT 300;

-- undo_order_lines_drop(import import_id, first integer, last integer) nothing
-- Takes out what the import put into orders that nobody changed since.
DELETE FROM core_order_line
WHERE of_order IN (SELECT b.id FROM core_order_before b JOIN core_order o ON o.id = b.id AND o.import = :import
                   WHERE b.by_import = :import AND b.id BETWEEN :first AND :last);

-- undo_order_lines(import import_id, first integer, last integer) nothing
-- Puts back what was in them.
INSERT INTO core_order_line (of_order, line, product, title, quantity, total_minor, discount_minor)
SELECT l.of_order, l.line, l.product, l.title, l.quantity, l.total_minor, l.discount_minor
FROM core_order_line_before l JOIN core_order o ON o.id = l.of_order AND o.import = :import
WHERE l.by_import = :import AND l.of_order BETWEEN :first AND :last;

-- undo_refunds(import import_id, first integer, last integer) nothing
-- Refunds of orders that are expected again wait again.
UPDATE core_order_refund SET state = 'waiting'
WHERE of_order IN (SELECT b.id FROM core_order_before b JOIN core_order o ON o.id = b.id AND o.import = :import
                   WHERE b.by_import = :import AND b.id BETWEEN :first AND :last AND b.state = 'expected');

-- undo_orders(import import_id, first integer, last integer) many undo_hit
-- Puts orders back that nobody changed since.
UPDATE core_order SET number = b.number, customer = b.customer, state = b.state, source = b.source,
    total_minor = b.total_minor, total_currency = b.total_currency, discount_minor = b.discount_minor,
    refunded_minor = b.refunded_minor, codes = b.codes, placed = b.placed, updated = b.updated,
    cancelled = b.cancelled, fingerprint = b.fingerprint, import = b.import
FROM core_order_before b
WHERE b.by_import = :import AND b.id BETWEEN :first AND :last AND core_order.id = b.id AND core_order.import = :import
RETURNING core_order.id;

-- undo_orders_over(import import_id, first integer, last integer) nothing
-- These are done.
DELETE FROM core_order_before WHERE by_import = :import AND id BETWEEN :first AND :last;

-- undo_order_lines_over(import import_id, first integer, last integer) nothing
-- And what was in them.
DELETE FROM core_order_line_before WHERE by_import = :import AND of_order BETWEEN :first AND :last;

-- undo_customers_next(import import_id) many undo_hit
-- Customers that an import changed, some of those that are still to be put back.
SELECT id FROM core_customer_before WHERE by_import = :import ORDER BY id LIMIT 300;

-- undo_customers(import import_id, first integer, last integer) many undo_hit
-- Puts customers back that nobody changed since.
UPDATE core_customer SET reference = b.reference, mail = b.mail, name = b.name, country = b.country, party = b.party,
    import = b.import
FROM core_customer_before b
WHERE b.by_import = :import AND b.id BETWEEN :first AND :last AND core_customer.id = b.id
  AND core_customer.import = :import
RETURNING core_customer.id;

-- undo_customers_over(import import_id, first integer, last integer) nothing
-- These are done.
DELETE FROM core_customer_before WHERE by_import = :import AND id BETWEEN :first AND :last;

-- undo_products_next(import import_id) many undo_hit
-- Products that an import changed, some of those that are still to be put back.
SELECT id FROM core_product_before WHERE by_import = :import ORDER BY id LIMIT 300;

-- undo_products(import import_id, first integer, last integer) many undo_hit
-- Puts products back that nobody changed since.
UPDATE core_product SET number = b.number, title = b.title, category = b.category, price_minor = b.price_minor,
    price_currency = b.price_currency, link = b.link, picture = b.picture, updated = b.updated, import = b.import
FROM core_product_before b
WHERE b.by_import = :import AND b.id BETWEEN :first AND :last AND core_product.id = b.id
  AND core_product.import = :import
RETURNING core_product.id;

-- undo_products_over(import import_id, first integer, last integer) nothing
-- These are done.
DELETE FROM core_product_before WHERE by_import = :import AND id BETWEEN :first AND :last;

-- undo_made_lines(import import_id, first integer, last integer) nothing
-- Takes out what is in orders that a write made.
DELETE FROM core_order_line
WHERE of_order IN (SELECT o.id FROM core_order o WHERE o.id BETWEEN :first AND :last AND o.import = :import);

-- undo_made_orders(import import_id, first integer, last integer) many undo_hit
-- Takes out orders that a write made and nobody changed since.
DELETE FROM core_order WHERE id BETWEEN :first AND :last AND import = :import RETURNING id;

-- undo_made_customers(import import_id, first integer, last integer) many undo_hit
-- Takes out customers that a write made, nobody changed since, who ordered nothing else and about whom no reason is kept.
DELETE FROM core_customer
WHERE id BETWEEN :first AND :last AND import = :import
  AND NOT EXISTS (SELECT 1 FROM core_order o WHERE o.customer = core_customer.id)
  AND NOT EXISTS (SELECT 1 FROM core_consent k WHERE k.customer = core_customer.id)
RETURNING id;

-- undo_made_products(import import_id, first integer, last integer) many undo_hit
-- Takes out products that a write made and nobody changed since.
DELETE FROM core_product WHERE id BETWEEN :first AND :last AND import = :import RETURNING id;
