-- Sums of a person's months come from the index alone; it also counts for the level, as the one it replaces.
CREATE INDEX stock_licence_earned ON stock_licence (author, at, price_currency, earned_minor);
DROP INDEX stock_licence_author;
