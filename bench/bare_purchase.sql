-- The rows of one purchase, as bare_purchase.c writes them: what a sale leaves behind, with no check
-- and no look. Statements end with a semicolon; the first two read what to write about.

SELECT s.id AS photo, s.author, a.id AS earnings FROM stock_photo s
JOIN ledger_account a ON a.party = s.author AND a.purpose = 'earnings'
WHERE s.state = 'accepted' ORDER BY s.id LIMIT 20000;

SELECT w.party AS buyer, w.id AS wallet,
       (SELECT id FROM ledger_account WHERE purpose = 'sale') AS sale,
       (SELECT id FROM ledger_account WHERE purpose = 'income') AS income,
       (SELECT id FROM ledger_account WHERE purpose = 'fees') AS fees,
       (SELECT person FROM core_member WHERE organisation = w.party) AS person
FROM ledger_account w WHERE w.purpose = 'wallet' LIMIT 1;

INSERT INTO ledger_once (party, key, fingerprint, result, at)
VALUES (:buyer, 'bare-' || :id0, 'stock:1:' || :photo || ':1:' || :buyer || ':1500', :id0, :at);

INSERT INTO core_deal (id, flow, state, subject, call, supplier, buyer, price_minor, price_currency, at, moved)
VALUES (:id0, 'stock.deal', 'licensed', :photo, NULL, :author, :buyer, 1500, 'EUR', :at, :at);

INSERT INTO core_history (id, flow, subject, event, from_state, to_state, actor, note, at)
VALUES (:id1, 'stock.deal', :id0, 'began', '', 'begun', :person, '', :at);

INSERT INTO core_event (id, turn, name, subject, party, note, at)
VALUES (:id2, 0, 'stock.deal.began', :id0, :person, '', :at);

INSERT INTO stock_deal (deal, photo, licence, asked_minor, hold, person, terms)
VALUES (:id0, :photo, 'standard', 1500, :id3, :person,
        '5f2f9d3cbf3f6f8f2d1c5b7a9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e0d');

INSERT INTO core_acceptance (party, hash, subject, at)
SELECT :buyer, hash, :id0, :at FROM core_terms WHERE name = 'stock.standard' LIMIT 1;

INSERT INTO ledger_hold (id, account, amount_minor, amount_currency, state, subject, posting, at, until)
VALUES (:id3, :wallet, 1500, 'EUR', 'posted', :id0, NULL, :at, 0);

INSERT INTO core_right_turn (subject, turn) VALUES (:photo, 1)
ON CONFLICT (subject) DO UPDATE SET turn = core_right_turn.turn + 1;

INSERT INTO core_right (id, kind, grantor, holder, subject, scope, territory, exclusive, begins, ends, deal)
VALUES (:id4, 'licence', :author, :buyer, :photo, 'standard', 'world', 0, :at, NULL, :id0);

INSERT INTO ledger_posting (id, template, subject, legs, digest, corrects, at)
VALUES (:id5, 'stock.licence', :id0, 4, '0123456789abcdef0123456789abcdef', NULL, :at);

UPDATE ledger_account SET balance_minor = balance_minor - 1500 WHERE id = :wallet;

UPDATE ledger_account SET balance_minor = balance_minor + 552 WHERE id = :earnings;

UPDATE ledger_account SET balance_minor = balance_minor + 900 WHERE id = :income;

UPDATE ledger_account SET balance_minor = balance_minor + 48 WHERE id = :fees;

INSERT INTO ledger_transfer (id, posting, from_account, to_account, amount_minor, amount_currency, reason, at)
VALUES (:id6, :id5, :wallet, :sale, 1500, 'EUR', 'stock.leg.price', :at),
       (:id7, :id5, :sale, :earnings, 600, 'EUR', 'stock.leg.share', :at),
       (:id8, :id5, :sale, :income, 900, 'EUR', 'stock.leg.income', :at),
       (:id9, :id5, :earnings, :fees, 48, 'EUR', 'fee.handling', :at);

INSERT INTO stock_licence (id, deal, photo, author, holder, person, kind, price_minor, price_currency, level,
    counted, rate, share_minor, earned_minor, paid_minor, posting, rights, terms, at)
VALUES (:id10, :id0, :photo, :author, :buyer, :person, 'standard', 1500, 'EUR', 1, 7, 4000, 600, 552, 1500,
    :id5, :id4, '5f2f9d3cbf3f6f8f2d1c5b7a9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e0d', :at);

INSERT INTO stock_fee (licence, number, name, bearer, counted_on, base_minor, rate, fixed_minor, least_minor,
    most_minor, amount_minor, cut)
VALUES (:id10, 1, 'fee.handling', 'supplier', 'share', 600, 800, 0, 0, 0, 48, 0);

UPDATE stock_photo SET licences = licences + 1 WHERE id = :photo;

INSERT INTO core_history (id, flow, subject, event, from_state, to_state, actor, note, at)
VALUES (:id11, 'stock.deal', :id0, 'buy', 'begun', 'licensed', :person, '', :at);

INSERT INTO core_event (id, turn, name, subject, party, note, at)
VALUES (:id12, 0, 'stock.deal.buy', :id0, :person, '', :at);
