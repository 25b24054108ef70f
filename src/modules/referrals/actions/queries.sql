-- action_insert takes action_row nothing
-- Keeps an action.
INSERT INTO referrals_action (id, business, number, name, customer, code, total_minor, total_currency, at, reversed)
VALUES (:id, :business, :number, :name, :customer, :code, :total_minor, :total_currency, :at, 0);

-- action_by_number(business party_id, number text) one action_row
-- An action by the shop's own number.
SELECT id, business, number, name, customer, code, total_minor, total_currency, at FROM referrals_action
WHERE business = :business AND number = :number;

-- action_reverse(id action_id, at instant) nothing
-- It came to nothing, unless that was known.
UPDATE referrals_action SET reversed = :at WHERE id = :id AND reversed = 0;
