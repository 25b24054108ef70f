-- People are told of payouts from now on, not of those that ended long ago.
INSERT INTO core_consumer (name, turn, event)
SELECT 'core.payout.tell', turn, id FROM core_event ORDER BY turn DESC, id DESC LIMIT 1;
