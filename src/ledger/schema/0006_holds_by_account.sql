-- Only the audit looked holds up by their account, and it reads all of them anyway; each hold wrote a page for it.
DROP INDEX ledger_hold_account;
