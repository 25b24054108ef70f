-- digest_readers(program program_id, business party_id) many digest_reader_row
-- Who answers for a business's money and has not said that they don't want to be told.
SELECT m.person, l.language
FROM core_member m JOIN core_login l ON l.person = m.person
WHERE m.organisation = :business AND m.ended = 0 AND m.role IN ('owner', 'buyer')
  AND NOT EXISTS (SELECT 1 FROM referrals_digest_stop s WHERE s.program = :program AND s.person = m.person)
ORDER BY m.person LIMIT 100;

-- digest_turn(program program_id, monday integer) one digest_hit
-- Takes the turn of a week; no row: it was told of already.
UPDATE referrals_program SET digest = :monday WHERE program = :program AND digest < :monday RETURNING program;

-- digest_week_of(program program_id, first integer, before integer) one digest_week
-- What some days of a program add up to.
SELECT CAST(COALESCE((SELECT sum(c.clicks - c.marked) FROM referrals_result_clicks c
                      WHERE c.program = :program AND c.day >= :first AND c.day < :before), 0) AS BIGINT) AS clicks,
       CAST(COALESCE(sum(orders), 0) AS BIGINT) AS orders, CAST(COALESCE(sum(customers), 0) AS BIGINT) AS customers,
       CAST(COALESCE(sum(joined), 0) AS BIGINT) AS joined, CAST(COALESCE(sum(value_minor), 0) AS BIGINT) AS value_minor,
       CAST(COALESCE(sum(back_minor), 0) AS BIGINT) AS back_minor
FROM referrals_result WHERE program = :program AND day >= :first AND day < :before;

-- digest_ruled(program program_id, since instant, before instant) one digest_ruled_row
-- Whether the rules changed then.
SELECT version FROM core_program_rules
WHERE program = :program AND version > 1 AND at >= :since AND at < :before ORDER BY version DESC LIMIT 1;

-- digest_stop_add(program program_id, person party_id, at instant) nothing
-- Somebody does not want to be told.
INSERT INTO referrals_digest_stop (program, person, at) VALUES (:program, :person, :at)
ON CONFLICT (program, person) DO NOTHING;
