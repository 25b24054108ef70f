-- With "customer > 0" beside "customer = ?" SQLite searches the index by the range and walks all touches of a program;
-- "<>" can't be searched by, so that the equality is.
DROP INDEX referrals_touch_customer;
CREATE INDEX referrals_touch_customer ON referrals_touch (program, customer, id) WHERE customer <> 0;
DROP INDEX referrals_touch_event;
CREATE INDEX referrals_touch_event ON referrals_touch (program, event, id) WHERE event <> 0;
DROP INDEX referrals_conversion_customer;
CREATE INDEX referrals_conversion_customer ON referrals_conversion (program, customer, event) WHERE customer <> 0;
