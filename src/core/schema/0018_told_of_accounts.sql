-- People are told of the accounts they are paid to from now on, not of those set long ago.
INSERT INTO core_consumer (name, turn, event)
SELECT 'core.bank.tell', turn, id FROM core_event ORDER BY turn DESC, id DESC LIMIT 1;
