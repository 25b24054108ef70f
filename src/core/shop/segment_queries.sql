-- segment_insert takes segment_row nothing
-- A new segment.
INSERT INTO core_segment (id, business, name, within_days, idle_days, orders_least, sum_least_minor, sum_least_currency,
    product, category, country, reason, counted, counted_at, at, ended)
VALUES (:id, :business, :name, :within_days, :idle_days, :orders_least, :sum_least_minor, :sum_least_currency, :product,
    :category, :country, :reason, :counted, :counted_at, :at, :ended);

-- segment_of(id segment_id, business party_id) one segment_row
-- A segment of a business that stands.
SELECT id, business, name, within_days, idle_days, orders_least, sum_least_minor, sum_least_currency, product, category,
       country, reason, counted, counted_at, at, ended
FROM core_segment WHERE id = :id AND business = :business AND ended = 0;

-- segment_by_id(id segment_id) one segment_row
-- A segment.
SELECT id, business, name, within_days, idle_days, orders_least, sum_least_minor, sum_least_currency, product, category,
       country, reason, counted, counted_at, at, ended
FROM core_segment WHERE id = :id;

-- segments_listed(business party_id, before segment_id) many segment_row
-- Segments of a business that stand, newest first.
SELECT id, business, name, within_days, idle_days, orders_least, sum_least_minor, sum_least_currency, product, category,
       country, reason, counted, counted_at, at, ended
FROM core_segment WHERE business = :business AND id < :before AND ended = 0 ORDER BY id DESC LIMIT 51;

-- segment_end(id segment_id, business party_id, at instant) one segment_number
-- It is taken away.
UPDATE core_segment SET ended = :at WHERE id = :id AND business = :business AND ended = 0 RETURNING 1 AS count;

-- segment_set takes segment_row one segment_number
-- Everything that is said about it.
UPDATE core_segment SET name = :name, within_days = :within_days, idle_days = :idle_days, orders_least = :orders_least,
    sum_least_minor = :sum_least_minor, sum_least_currency = :sum_least_currency, product = :product, category = :category,
    country = :country, reason = :reason, counted = :counted, counted_at = :counted_at, at = :at, ended = :ended
WHERE id = :id AND business = :business RETURNING 1 AS count;

-- segment_counted(id segment_id, counted integer, at instant) nothing
-- All members were counted.
UPDATE core_segment SET counted = :counted, counted_at = :at WHERE id = :id;

-- segment_step(business party_id, after customer_id) one segment_window
-- The next customers in the order of their ids.
SELECT COALESCE(MAX(w.id), 0) AS last, count(*) AS count
FROM (SELECT id FROM core_customer WHERE business = :business AND id > :after ORDER BY id LIMIT 2000) w;

-- segment_members takes segment_question many customer_row
-- Those of some customers for whom all conditions hold.
SELECT c.id, c.business, c.reference, c.mail, c.name, c.country, c.party, c.import
FROM core_customer c
WHERE c.business = :business AND c.id > :after AND c.id <= :until
  AND (:country = '' OR c.country = :country)
  AND (:reason = 'anybody' OR EXISTS (
      SELECT 1 FROM core_consent k WHERE k.customer = c.id AND k.what = :reason AND k.withdrawn = 0))
  AND (:since = 0 OR EXISTS (
      SELECT 1 FROM core_order o WHERE o.customer = c.id AND o.state = 'placed' AND o.placed >= :since))
  AND (:idle = 0 OR NOT EXISTS (
      SELECT 1 FROM core_order o WHERE o.customer = c.id AND o.state = 'placed' AND o.placed >= :idle))
  AND (:orders_least = 0 OR :orders_least <= (
      SELECT count(*) FROM core_order o WHERE o.customer = c.id AND o.state = 'placed'))
  AND (:sum_minor = 0 OR :sum_minor <= (
      SELECT COALESCE(SUM(o.total_minor - o.refunded_minor), 0) FROM core_order o
      WHERE o.customer = c.id AND o.state = 'placed' AND o.total_currency = :currency))
  AND (:product = '' OR EXISTS (
      SELECT 1 FROM core_order o JOIN core_order_line l ON l.of_order = o.id
      WHERE o.customer = c.id AND o.state = 'placed' AND l.product = :product))
  AND (:category = '' OR EXISTS (
      SELECT 1 FROM core_order o JOIN core_order_line l ON l.of_order = o.id
      JOIN core_product p ON p.business = c.business AND p.number = l.product
      WHERE o.customer = c.id AND o.state = 'placed' AND p.category = :category))
ORDER BY c.id LIMIT 2000;

-- segment_members_counted takes segment_question one segment_number
-- How many these are.
SELECT count(*) AS count
FROM core_customer c
WHERE c.business = :business AND c.id > :after AND c.id <= :until
  AND (:country = '' OR c.country = :country)
  AND (:reason = 'anybody' OR EXISTS (
      SELECT 1 FROM core_consent k WHERE k.customer = c.id AND k.what = :reason AND k.withdrawn = 0))
  AND (:since = 0 OR EXISTS (
      SELECT 1 FROM core_order o WHERE o.customer = c.id AND o.state = 'placed' AND o.placed >= :since))
  AND (:idle = 0 OR NOT EXISTS (
      SELECT 1 FROM core_order o WHERE o.customer = c.id AND o.state = 'placed' AND o.placed >= :idle))
  AND (:orders_least = 0 OR :orders_least <= (
      SELECT count(*) FROM core_order o WHERE o.customer = c.id AND o.state = 'placed'))
  AND (:sum_minor = 0 OR :sum_minor <= (
      SELECT COALESCE(SUM(o.total_minor - o.refunded_minor), 0) FROM core_order o
      WHERE o.customer = c.id AND o.state = 'placed' AND o.total_currency = :currency))
  AND (:product = '' OR EXISTS (
      SELECT 1 FROM core_order o JOIN core_order_line l ON l.of_order = o.id
      WHERE o.customer = c.id AND o.state = 'placed' AND l.product = :product))
  AND (:category = '' OR EXISTS (
      SELECT 1 FROM core_order o JOIN core_order_line l ON l.of_order = o.id
      JOIN core_product p ON p.business = c.business AND p.number = l.product
      WHERE o.customer = c.id AND o.state = 'placed' AND p.category = :category));
