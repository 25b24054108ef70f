-- What a step of a history named as price; absent where it named none, and in steps noted before.
ALTER TABLE core_history ADD COLUMN price_minor MONEY_MINOR;
ALTER TABLE core_history ADD COLUMN price_currency CURRENCY;
