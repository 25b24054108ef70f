-- Each fee of a licence, as it was worked out on the day.
CREATE TABLE stock_fee (
    licence           ID NOT NULL REFERENCES stock_licence (id), -- of which licence
    number            NUMBER NOT NULL,           -- from 1, in the order of the rules
    name              WORDS NOT NULL,            -- text key: fee.handling
    bearer            WORDS NOT NULL,            -- fee_bearer
    counted_on        WORDS NOT NULL,            -- fee_base
    base_minor        MONEY_MINOR NOT NULL,      -- how much that was; all in the licence's currency
    rate              NUMBER NOT NULL,           -- basis points of it
    fixed_minor       MONEY_MINOR NOT NULL,      -- added to that
    least_minor       MONEY_MINOR NOT NULL,      -- at least; 0: no least
    most_minor        MONEY_MINOR NOT NULL,      -- at most; 0: no most
    amount_minor      MONEY_MINOR NOT NULL,      -- taken
    cut               FLAG NOT NULL,             -- 1: less than that, because nothing more was left
    PRIMARY KEY (licence, number)
);
INSERT INTO stock_fee (licence, number, name, bearer, counted_on, base_minor, rate, fixed_minor, least_minor,
    most_minor, amount_minor, cut)
SELECT id, 1, 'fee.handling', 'supplier', 'share', share_minor, handling_rate, 0, 0, 0, handling_minor, 0
FROM stock_licence;

-- Fees are rows of their own now; what left the buyer's wallet is the price and the fees on top of it.
ALTER TABLE stock_licence DROP COLUMN handling_rate;
ALTER TABLE stock_licence DROP COLUMN handling_minor;
ALTER TABLE stock_licence ADD COLUMN paid_minor MONEY_MINOR NOT NULL DEFAULT 0; -- left the wallet: price and buyer's fees
UPDATE stock_licence SET paid_minor = price_minor;

-- The fees a talk is under: the setting as it was when it began. NULL: from before, today's are meant.
ALTER TABLE stock_deal ADD COLUMN fees WORDS;

DROP VIEW stock_deal_shown;
-- A talk about a licence with its deal.
CREATE VIEW stock_deal_shown AS
SELECT d.id AS deal, d.state, t.photo, t.licence, t.asked_minor, d.price_currency AS asked_currency,
       d.price_minor, d.price_currency, t.hold, d.supplier, d.buyer, t.person, t.terms, t.fees, d.call, d.at, d.moved
FROM stock_deal t
JOIN core_deal d ON d.id = t.deal;

DROP VIEW stock_talk_shown;
-- A talk about a licence with its photograph and both sides, as either of them sees it.
CREATE VIEW stock_talk_shown AS
SELECT d.id, d.state, t.photo, s.title, s.media, s.width, s.height, d.supplier AS author, a.name AS author_name,
       a.place AS author_place, d.buyer, b.name AS buyer_name, t.licence, t.asked_minor, d.price_minor,
       d.price_currency, t.fees, d.at, d.moved
FROM core_deal d
JOIN stock_deal t ON t.deal = d.id
JOIN stock_photo s ON s.id = t.photo
JOIN core_party a ON a.id = d.supplier
JOIN core_party b ON b.id = d.buyer
WHERE d.flow = 'stock.deal';
