-- What came back of a licence so far, and when it ended.
ALTER TABLE stock_licence ADD COLUMN back_minor MONEY_MINOR NOT NULL DEFAULT 0; -- of its price, given back so far
ALTER TABLE stock_licence ADD COLUMN back_earned_minor MONEY_MINOR NOT NULL DEFAULT 0; -- of what its author earned
ALTER TABLE stock_licence ADD COLUMN ended INSTANT NOT NULL DEFAULT 0; -- may not be used any more from then on; 0: it runs

-- Money of a licence that an operator gave back.
CREATE TABLE stock_refund (
    id                KEY,                       -- rfd_
    licence           ID NOT NULL REFERENCES stock_licence (id), -- of which licence
    posting           ID NOT NULL,               -- pst_ with the transfers
    amount_minor      MONEY_MINOR NOT NULL,      -- of the price, back in the wallet
    amount_currency   CURRENCY NOT NULL,         -- of all sums here
    earned_minor      MONEY_MINOR NOT NULL,      -- of what the author earned
    reason            TEXT NOT NULL,             -- what both sides read
    person            ID NOT NULL,               -- pty_ of the operator
    ends              FLAG NOT NULL,             -- 1: the licence ended with it
    at                INSTANT NOT NULL           -- when
);
CREATE INDEX stock_refund_licence ON stock_refund (licence, id);

-- Sums of a person's months, less what came back, from the index alone; it also counts for the level.
CREATE INDEX stock_licence_kept ON stock_licence (author, at, price_currency, earned_minor, back_earned_minor, ended);
DROP INDEX stock_licence_earned;
