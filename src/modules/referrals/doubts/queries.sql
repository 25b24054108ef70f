-- flow referrals_doubt(state, moved, owner person)

-- known_of(partner referrals_partner_id) one known_row
-- What a partner brought so far.
SELECT partner, last, clicks, idle, unseen, glances, pages, seconds, squares, sign_ups, orders, customers, late, timed,
       followed, returned, mail, name, surname, payment
FROM referrals_known WHERE partner = :partner;

-- known_put takes known_row nothing
-- Keeps that.
INSERT INTO referrals_known (partner, last, clicks, idle, unseen, glances, pages, seconds, squares, sign_ups, orders,
    customers, late, timed, followed, returned, mail, name, surname, payment)
VALUES (:partner, :last, :clicks, :idle, :unseen, :glances, :pages, :seconds, :squares, :sign_ups, :orders,
    :customers, :late, :timed, :followed, :returned, :mail, :name, :surname, :payment)
ON CONFLICT (partner) DO UPDATE SET last = excluded.last, clicks = excluded.clicks, idle = excluded.idle,
    unseen = excluded.unseen, glances = excluded.glances, pages = excluded.pages, seconds = excluded.seconds,
    squares = excluded.squares, sign_ups = excluded.sign_ups, orders = excluded.orders, customers = excluded.customers,
    late = excluded.late, timed = excluded.timed, followed = excluded.followed, returned = excluded.returned,
    mail = excluded.mail, name = excluded.name, surname = excluded.surname, payment = excluded.payment;

-- known_returned(partner referrals_partner_id, permille integer) nothing
-- Counts what was given back.
UPDATE referrals_known SET returned = returned + :permille WHERE partner = :partner;

-- known_marks(keys text) many known_mark
-- Marks by their keys, a list of numbers.
-- on sqlite
SELECT m.key, m.last, m.since, m.count, m.value FROM listed(:keys) k CROSS JOIN referrals_mark m ON m.key = k.value;
-- on postgresql
SELECT key, last, since, count, value FROM referrals_mark
WHERE key = ANY (CAST(string_to_array(trim(BOTH '[]' FROM :keys), ',') AS bigint[]));

-- known_mark_put takes known_mark nothing
-- Keeps a mark.
INSERT INTO referrals_mark (key, last, since, count, value) VALUES (:key, :last, :since, :count, :value)
ON CONFLICT (key) DO UPDATE SET last = excluded.last, since = excluded.since, count = excluded.count,
    value = excluded.value;

-- judge_person(person party_id) one judge_person_row
-- Somebody as their account shows them.
SELECT p.name, COALESCE(l.mail, '') AS mail, COALESCE(b.iban, '') AS iban
FROM core_party p
LEFT JOIN core_login l ON l.person = p.id
LEFT JOIN core_bank b ON b.party = p.id
WHERE p.id = :person;

-- judge_customer(customer customer_id) one judge_customer_row
-- A customer as the shop shows them.
SELECT name, mail, COALESCE(party, 0) AS party FROM core_customer WHERE id = :customer;

-- judge_click(touch referrals_touch_id) one judge_click_row
-- The click behind a touch.
SELECT k.id, k.link, k.at, k.marks, k.visitor
FROM referrals_touch t JOIN referrals_click k ON k.id = t.source
WHERE t.id = :touch AND t.kind = 'link';

-- judge_clicks_since(partner referrals_partner_id, hour integer) one judge_number
-- Clicks of a partner that are not judged yet, of at most 1,000 links.
SELECT CAST(COALESCE(sum(h.clicks - h.marked), 0) AS BIGINT) AS number
FROM (SELECT id FROM referrals_link WHERE partner = :partner ORDER BY id LIMIT 1000) l
JOIN referrals_hour h ON h.link = l.id AND h.hour >= :hour;

-- judged_before() one judge_number
-- The first hour whose clicks are not judged.
SELECT hour AS number FROM referrals_judged WHERE id = 1;

-- judge_terms(program program_id) one judge_terms_row
-- A program's own thresholds.
SELECT hold_click, hold_claim FROM referrals_program WHERE program = :program;

-- doubt_score_add takes doubt_score nothing
-- Counts a score.
INSERT INTO referrals_score (program, what, day, score, count) VALUES (:program, :what, :day, :score, :count)
ON CONFLICT (program, what, day, score) DO UPDATE SET count = referrals_score.count + excluded.count;

-- doubt_insert takes doubt_row nothing
-- Keeps a doubt.
INSERT INTO referrals_doubt (id, program, partner, person, what, subject, hour, clicks, found, rule, score, findings, state,
    said, answer, moved, at)
VALUES (:id, :program, :partner, :person, :what, :subject, :hour, :clicks, :found, :rule, :score, :findings, :state,
    :said, :answer, :at, :at);

-- doubt_by_id(id doubt_id) one doubt_row
-- A doubt as it stands.
SELECT id, program, partner, person, what, subject, hour, clicks, found, rule, score, findings, state, said, answer, at
FROM referrals_doubt WHERE id = :id;

-- doubt_about(subject integer, hour integer) one doubt_row
-- The doubt about a verdict, or the clicks of an hour.
SELECT id, program, partner, person, what, subject, hour, clicks, found, rule, score, findings, state, said, answer, at
FROM referrals_doubt WHERE subject = :subject AND hour = :hour;

-- doubt_of_order(event order_id) one doubt_hit
-- The first doubt about an order.
SELECT d.id FROM referrals_conversion c
JOIN core_verdict v ON v.program = c.program AND v.subject = c.event
JOIN referrals_doubt d ON d.subject = v.id AND d.hour = 0
WHERE c.event = :event ORDER BY d.id LIMIT 1;

-- doubt_say_why(id doubt_id, said text) nothing
-- What the partner says.
UPDATE referrals_doubt SET said = :said WHERE id = :id;

-- doubt_decided(id doubt_id, found verdict_state, answer text) nothing
-- What became of it, and why.
UPDATE referrals_doubt SET found = :found, answer = :answer WHERE id = :id;

-- doubt_brought(partner referrals_partner_id, verdict verdict_id) nothing
-- Adds an order that counts after all to what its partner brought.
INSERT INTO referrals_brought (partner, orders, minor)
SELECT COALESCE(p.same, p.id), 1, c.total_minor
FROM core_verdict v
JOIN referrals_conversion c ON c.program = v.program AND c.event = v.subject
JOIN referrals_partner p ON p.id = :partner
WHERE v.id = :verdict
ON CONFLICT (partner) DO UPDATE SET orders = referrals_brought.orders + 1,
    minor = referrals_brought.minor + excluded.minor;

-- doubt_business(program program_id) one doubt_business_row
-- Whose program it is.
SELECT business FROM core_program WHERE id = :program;

-- doubt_hour_less(link integer, hour integer, held integer, rejected integer) nothing
-- So many clicks of an hour count after all, or are rejected rather than held.
UPDATE referrals_hour SET held = held - :held, rejected = rejected - :rejected WHERE link = :link AND hour = :hour;
