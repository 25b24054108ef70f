-- Nothing looks holds up by what they are about.
DROP INDEX ledger_hold_subject;
