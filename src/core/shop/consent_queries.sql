-- consents_of(customer customer_id, business party_id) many consent_row
-- Reasons about a customer, newest first.
SELECT id, business, customer, what, basis, source, at, withdrawn FROM core_consent
WHERE customer = :customer AND business = :business ORDER BY id DESC LIMIT 100;

-- consent_holding(customer customer_id, what consent_what) one consent_row
-- The reason that holds for a thing.
SELECT id, business, customer, what, basis, source, at, withdrawn FROM core_consent
WHERE customer = :customer AND what = :what AND withdrawn = 0;

-- consent_insert takes consent_row nothing
-- Keeps a reason.
INSERT INTO core_consent (id, business, customer, what, basis, source, at, withdrawn)
VALUES (:id, :business, :customer, :what, :basis, :source, :at, :withdrawn);

-- consent_end(id consent_id, business party_id, at instant) one consent_row
-- It holds no more.
UPDATE core_consent SET withdrawn = :at WHERE id = :id AND business = :business AND withdrawn = 0
RETURNING id, business, customer, what, basis, source, at, withdrawn;

-- consent_of(id consent_id, business party_id) one consent_row
-- One reason.
SELECT id, business, customer, what, basis, source, at, withdrawn FROM core_consent WHERE id = :id AND business = :business;

-- customer_of(id customer_id, business party_id) one customer_row
-- A customer of a business.
SELECT id, business, reference, mail, name, country, party, import FROM core_customer
WHERE id = :id AND business = :business;
