-- results_owned(program program_id, business party_id) one results_owned_row
-- That a program of referrals is a business's.
SELECT g.id AS program FROM core_program g JOIN referrals_program r ON r.program = g.id
WHERE g.id = :program AND g.business = :business;

-- results_between(program program_id, first integer, before integer) one results_sum
-- What the days of a program add up to, from one on and before another.
SELECT CAST(COALESCE(sum(views), 0) AS BIGINT) AS views, CAST(COALESCE(sum(joined), 0) AS BIGINT) AS joined,
       CAST(COALESCE(sum(shared), 0) AS BIGINT) AS shared, CAST(COALESCE(sum(signups), 0) AS BIGINT) AS signups,
       CAST(COALESCE(sum(orders), 0) AS BIGINT) AS orders, CAST(COALESCE(sum(customers), 0) AS BIGINT) AS customers,
       CAST(COALESCE(sum(gone), 0) AS BIGINT) AS gone, CAST(COALESCE(sum(value_minor), 0) AS BIGINT) AS value_minor,
       CAST(COALESCE(sum(back_minor), 0) AS BIGINT) AS back_minor,
       CAST(COALESCE((SELECT sum(c.clicks - c.marked) FROM referrals_result_clicks c
                      WHERE c.program = :program AND c.day >= :first AND c.day < :before), 0) AS BIGINT) AS clicks,
       CAST(COALESCE((SELECT sum(c.impressions) FROM referrals_result_clicks c
                      WHERE c.program = :program AND c.day >= :first AND c.day < :before), 0) AS BIGINT) AS impressions
FROM referrals_result WHERE program = :program AND day >= :first AND day < :before;

-- results_versions(program program_id) many results_rules_row
-- The newest versions of a program's rules.
SELECT version, at FROM core_program_rules WHERE program = :program ORDER BY version DESC LIMIT 20;

-- results_audience(program program_id) many results_audience_row
-- Who joins against who sells, and where orders go; most orders first.
SELECT fact, value, joined, selling, orders, value_minor FROM referrals_audience
WHERE program = :program ORDER BY orders DESC, joined DESC, fact, value LIMIT 40;

-- results_cohorts(program program_id, since integer) many results_cohort_row
-- Customers by the month of their first order, the newest first.
SELECT month, later, customers, orders, value_minor - back_minor AS kept_minor FROM referrals_cohort
WHERE program = :program AND month >= :since ORDER BY month DESC, later LIMIT 2000;
