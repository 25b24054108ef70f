-- flow core_spend(state, moved)

-- spend_insert takes spend_row nothing
-- Keeps units that are reserved.
INSERT INTO core_spend (id, business, party, actor, number, state, units_minor, units_currency, price_minor,
    price_currency, paid_minor, paid_currency, hold, posting, used_minor, at, until, moved)
VALUES (:id, :business, :party, :actor, :number, :state, :units_minor, :units_currency, :price_minor,
    :price_currency, :paid_minor, :paid_currency, :hold, :posting, :used_minor, :at, :until, :at);

-- spend_by_id(id spend_id) one spend_row
-- One of them.
SELECT id, business, party, actor, number, state, units_minor, units_currency, price_minor, price_currency, paid_minor,
       paid_currency, hold, posting, used_minor, at, until
FROM core_spend WHERE id = :id;

-- spend_by_number(business party_id, number text, currency text) one spend_row
-- Those of one kind for an order.
SELECT id, business, party, actor, number, state, units_minor, units_currency, price_minor, price_currency, paid_minor,
       paid_currency, hold, posting, used_minor, at, until
FROM core_spend WHERE business = :business AND number = :number AND units_currency = :currency;

-- spend_used(id spend_id, posting posting_id, used integer) nothing
-- They were used.
UPDATE core_spend SET posting = :posting, used_minor = :used WHERE id = :id;

-- spends_of(business party_id, number text, before spend_id) many spend_line_row
-- Those of a business, of all orders or of one, newest first.
SELECT s.id, s.business, s.party, s.actor, s.number, s.state, s.units_minor, s.units_currency, s.price_minor,
       s.price_currency, s.paid_minor, s.paid_currency, s.hold, s.posting, s.used_minor, s.at, s.until, p.name,
       CAST(COALESCE((SELECT SUM(c.amount_minor) FROM ledger_transfer t
                      JOIN ledger_transfer c ON c.corrects = t.id
                      WHERE t.posting = s.posting), 0) AS BIGINT) AS back_minor
FROM core_spend s JOIN core_party p ON p.id = s.party
WHERE s.business = :business AND s.id < :before AND (:number = '' OR s.number = :number)
ORDER BY s.id DESC LIMIT 21;

-- checkout_units(business party_id, party party_id) many checkout_account
-- Units of a business that somebody has.
SELECT currency, balance_minor, held_minor FROM ledger_account
WHERE party = :party AND purpose = 'rewards' AND issuer = :business AND currency <> 'ZZT'
ORDER BY currency LIMIT 10;

-- checkout_customer(business party_id, reference text) one checkout_person
-- Who a customer of a business is here.
SELECT party FROM core_customer WHERE business = :business AND reference = :reference AND party IS NOT NULL;

-- checkout_customer_of(business party_id, id customer_id) one checkout_person
-- The same by our id of the customer.
SELECT party FROM core_customer WHERE business = :business AND id = :id AND party IS NOT NULL;

-- spend_audit_rows(after spend_id) many spend_audit_row
-- Units that pay beside what the books say of them.
SELECT s.id, s.state, s.units_minor, s.used_minor,
       CAST(COALESCE((SELECT SUM(t.amount_minor) FROM ledger_transfer t WHERE t.posting = s.posting), 0) AS BIGINT)
           AS booked_minor,
       CAST(COALESCE((SELECT SUM(h.amount_minor) FROM ledger_hold h WHERE h.id = s.hold AND h.state = 'open'), 0) AS BIGINT)
           AS held_minor
FROM core_spend s WHERE s.id > :after ORDER BY s.id LIMIT 100;

-- spends_of_cancelled(placed order_id) many spend_row
-- What was reserved or used for an order that is off, by the shop's number of it.
SELECT s.id, s.business, s.party, s.actor, s.number, s.state, s.units_minor, s.units_currency, s.price_minor,
       s.price_currency, s.paid_minor, s.paid_currency, s.hold, s.posting, s.used_minor, s.at, s.until
FROM core_order o JOIN core_spend s ON s.business = o.business AND s.number = o.number
WHERE o.id = :placed AND o.state = 'cancelled' ORDER BY s.id LIMIT 10;
