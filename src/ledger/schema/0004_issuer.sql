-- The accounts in which an issuer's units lie.
CREATE INDEX ledger_account_issuer ON ledger_account (issuer, currency, id) WHERE issuer > 0;
