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

-- known_made_of(owner integer) one known_made_row
-- What of a partner's clicks looks made, or what is usual in a program.
SELECT owner, clicks, weight, made, gain, sorts FROM referrals_made WHERE owner = :owner;

-- known_made_put takes known_made_row nothing
-- Keeps that.
INSERT INTO referrals_made (owner, clicks, weight, made, gain, sorts)
VALUES (:owner, :clicks, :weight, :made, :gain, :sorts)
ON CONFLICT (owner) DO UPDATE SET clicks = excluded.clicks, weight = excluded.weight, made = excluded.made,
    gain = excluded.gain, sorts = excluded.sorts;

-- known_returned_of(program program_id, event integer) one judge_number
-- How much of an order is known to have come to nothing.
SELECT returned AS number FROM referrals_conversion WHERE program = :program AND event = :event;

-- known_returned_set(program program_id, event integer, permille integer) nothing
-- Keeps that.
UPDATE referrals_conversion SET returned = :permille WHERE program = :program AND event = :event;

-- known_returned_add(program program_id, event integer, permille integer) nothing
-- Counts it for its partners.
UPDATE referrals_known SET returned = returned + :permille
WHERE partner IN (SELECT partner FROM referrals_credit WHERE program = :program AND event = :event);

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
SELECT k.id, k.link, k.at, k.marks, k.visitor, g.reports, CASE WHEN n.click IS NULL THEN 0 ELSE 1 END AS paged,
       COALESCE(n.visible, 0) AS visible, COALESCE(n.touches, 0) AS touches, n.scrolled, n.source, n.device, n.hosted,
       k.network, k.seen
FROM referrals_touch t JOIN referrals_click k ON k.id = t.source
JOIN referrals_program g ON g.program = t.program
LEFT JOIN referrals_landing n ON n.click = k.id
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
-- The first doubt about an order; 0: none. The least needs no sorting.
SELECT COALESCE(MIN(d.id), 0) AS id FROM referrals_conversion c
JOIN core_verdict v ON v.program = c.program AND v.subject = c.event
JOIN referrals_doubt d ON d.subject = v.id AND d.hour = 0
WHERE c.event = :event;

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

-- known_clicks_add takes known_clicks nothing
-- Adds clicks that were judged to what a partner brought.
INSERT INTO referrals_known (partner, last, clicks, idle, unseen, glances, pages, seconds, squares, sign_ups, orders,
    customers, late, timed, followed, returned, mail, name, surname, payment)
VALUES (:partner, :last, :clicks, :idle, :unseen, :glances, :pages, :seconds, :squares, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
ON CONFLICT (partner) DO UPDATE SET last = excluded.last, clicks = referrals_known.clicks + excluded.clicks,
    idle = referrals_known.idle + excluded.idle, unseen = referrals_known.unseen + excluded.unseen,
    glances = referrals_known.glances + excluded.glances, pages = referrals_known.pages + excluded.pages,
    seconds = referrals_known.seconds + excluded.seconds, squares = referrals_known.squares + excluded.squares;

-- hour_clicks(after integer, until integer, most integer) many hour_click_row
-- Clicks by when they were written, with whose they are.
SELECT k.id, k.link, k.at, k.marks, k.visitor, l.program, l.partner AS account, COALESCE(p.same, p.id) AS partner, p.person,
       g.reports, CASE WHEN n.click IS NULL THEN 0 ELSE 1 END AS paged, COALESCE(n.visible, 0) AS visible,
       COALESCE(n.touches, 0) AS touches, n.scrolled, n.source, n.device, n.hosted, k.network, k.seen
FROM (SELECT id, link, at, marks, visitor, network, seen FROM referrals_click
      WHERE id > :after AND id < :until ORDER BY id LIMIT :most) k
JOIN referrals_link l ON l.id = k.link
JOIN referrals_partner p ON p.id = l.partner
JOIN referrals_program g ON g.program = l.program
LEFT JOIN referrals_landing n ON n.click = k.id
ORDER BY k.id;

-- hour_first_click(after integer) one judge_number
-- The first click behind one.
SELECT id AS number FROM referrals_click WHERE id > :after ORDER BY id LIMIT 1;

-- hour_position() one hour_position_row
-- How far clicks are judged.
SELECT hour, click FROM referrals_judged WHERE id = 1;

-- hour_begin(hour integer) nothing
-- From which hour on they are.
INSERT INTO referrals_judged (id, hour, click) VALUES (1, :hour, 0) ON CONFLICT (id) DO NOTHING;

-- hour_move(hour integer, click integer, next_hour integer, next_click integer) one hour_position_row
-- Goes on, unless another process did.
UPDATE referrals_judged SET hour = :next_hour, click = :next_click
WHERE id = 1 AND hour = :hour AND click = :click RETURNING hour, click;

-- hour_count(link integer, hour integer, held integer, rejected integer) nothing
-- Counts clicks of an hour that were held or rejected.
UPDATE referrals_hour SET held = held + :held, rejected = rejected + :rejected WHERE link = :link AND hour = :hour;

-- doubt_more(id doubt_id, clicks integer, score integer) nothing
-- More clicks of the hour.
UPDATE referrals_doubt SET clicks = clicks + :clicks, score = CASE WHEN score > :score THEN score ELSE :score END
WHERE id = :id;

-- doubt_click_insert takes doubt_click nothing
-- Keeps why a click was held or rejected.
INSERT INTO referrals_doubt_click (click, doubt, score, findings) VALUES (:click, :doubt, :score, :findings);

-- judge_running() one judge_number
-- Whether there is a program that runs or is paused, among the newest 1,000.
SELECT count(*) AS number
FROM (SELECT g.state FROM referrals_program r JOIN core_program g ON g.id = r.program
      WHERE r.program > 0 ORDER BY r.program DESC LIMIT 1000) p
WHERE p.state IN ('running', 'paused');

-- again_programs(after integer, most integer) many again_program_row
-- Programs that were opened, and how far their orders are judged again.
SELECT g.id AS program, COALESCE(r.event, 0) AS event
FROM core_program g LEFT JOIN referrals_rejudged r ON r.program = g.id
WHERE g.id > :after AND g.module = 'referrals' AND g.state <> 'draft' ORDER BY g.id LIMIT :most;

-- again_shares(program program_id, after integer, until integer, at instant, most integer) many again_share_row
-- Shares of the orders of a program, in the order in which these became known.
SELECT c.event, c.partner, COALESCE(t.partner, c.partner) AS account, p.person, c.touch, v.id AS verdict, n.customer,
       n.basket, n.at,
       CASE WHEN v.state = 'counted'
             AND EXISTS (SELECT 1 FROM core_award w WHERE w.verdict = v.id AND w.due > :at)
             AND NOT EXISTS (SELECT 1 FROM referrals_doubt d WHERE d.subject = v.id AND d.hour = 0)
            THEN 1 ELSE 0 END AS held
FROM referrals_credit c
JOIN referrals_conversion n ON n.program = c.program AND n.event = c.event
JOIN referrals_partner p ON p.id = c.partner
JOIN core_verdict v ON v.program = c.program AND v.subject = c.event AND v.party = p.person
LEFT JOIN referrals_touch t ON t.id = c.touch
WHERE c.program = :program AND c.event > :after AND c.event < :until AND n.what = 'order'
ORDER BY c.event, c.partner LIMIT :most;

-- again_move(program program_id, event integer) nothing
-- Goes on.
INSERT INTO referrals_rejudged (program, event) VALUES (:program, :event)
ON CONFLICT (program) DO UPDATE SET event = excluded.event;

-- doubt_brought_less(partner referrals_partner_id, verdict verdict_id) nothing
-- Takes an order that is held after all off what its partner brought.
UPDATE referrals_brought SET orders = orders - 1,
    minor = minor - COALESCE((SELECT c.total_minor FROM core_verdict v
                              JOIN referrals_conversion c ON c.program = v.program AND c.event = v.subject
                              WHERE v.id = :verdict), 0)
WHERE partner = :partner AND orders > 0;

-- hour_counts_of(link integer, hour integer) one hour_counts
-- What an hour of a link counts.
SELECT clicks, marked, held, rejected FROM referrals_hour WHERE link = :link AND hour = :hour;

-- second_hours(now instant, most integer) many second_hour_row
-- Hours of clicks that are to be looked at again by now. What is free already stays.
SELECT h.id, h.program, h.link, h.hour, h.events + h.before - h.rest AS paid, h.events, h.latest, h.carried,
       r.unique_clicks, r.reports, l.partner AS account, COALESCE(p.same, p.id) AS partner, p.person,
       COALESCE(v.id, 0) AS verdict,
       CASE WHEN v.id IS NULL OR v.state = 'waiting' THEN 1
            WHEN v.state = 'counted' AND EXISTS (SELECT 1 FROM core_award w WHERE w.verdict = v.id AND w.due > :now) THEN 1
            ELSE 0 END AS can
FROM (SELECT id, program, link, hour, events, before, rest, latest, carried, again FROM referrals_hour_event
      WHERE again > 0 AND again <= :now ORDER BY again, id LIMIT :most) h
JOIN referrals_link l ON l.id = h.link
JOIN referrals_partner p ON p.id = l.partner
JOIN referrals_program r ON r.program = h.program
LEFT JOIN core_verdict v ON v.program = h.program AND v.subject = h.id AND v.party = p.person
ORDER BY h.again, h.id;

-- second_clicks(from integer, link integer, hour integer, most integer) many second_click_row
-- Clicks of an hour of a link from one of them on, the newest first, with what became known of each. Those of a doubt
-- were not paid with the hour, or somebody decided on them.
WITH RECURSIVE chain (id, prior, at, marks, visitor, network, seen) AS (
    SELECT id, prior, at, marks, visitor, network, seen FROM referrals_click WHERE id = :from AND link = :link
    UNION ALL
    SELECT c.id, c.prior, c.at, c.marks, c.visitor, c.network, c.seen FROM chain JOIN referrals_click c ON c.id = chain.prior
    WHERE c.link = :link AND c.at >= :hour * 3600000 AND c.at < (:hour + 1) * 3600000)
SELECT k.id, k.prior, k.at, k.marks, k.visitor, k.network, k.seen, CASE WHEN n.click IS NULL THEN 0 ELSE 1 END AS paged,
       COALESCE(n.visible, 0) AS visible, COALESCE(n.touches, 0) AS touches, n.scrolled, n.source, n.device, n.hosted,
       COALESCE(d.score, 0) AS led, COALESCE(d.basket, 0) AS basket,
       CASE WHEN x.click IS NULL THEN 0 ELSE 1 END AS doubted
FROM (SELECT id, prior, at, marks, visitor, network, seen FROM chain LIMIT :most) k
LEFT JOIN referrals_landing n ON n.click = k.id
LEFT JOIN referrals_led d ON d.click = k.id
LEFT JOIN referrals_doubt_click x ON x.click = k.id
ORDER BY k.id DESC;

-- second_done(id referrals_hour_id) one second_hit
-- It was looked at, unless another process did.
UPDATE referrals_hour_event SET again = 0 WHERE id = :id AND again > 0 RETURNING id;

-- second_taken(id referrals_hour_id, taken integer) nothing
-- For how many of its events something is taken back.
UPDATE referrals_hour_event SET taken = :taken WHERE id = :id;

-- second_carry(link integer, hour integer, carried integer) nothing
-- Gives the link's next hour what this one had no pay for.
UPDATE referrals_hour_event SET carried = carried + :carried
WHERE link = :link AND what = 'click'
  AND hour = (SELECT min(n.hour) FROM referrals_hour_event n WHERE n.link = :link AND n.what = 'click' AND n.hour > :hour);

-- second_of(id referrals_hour_id) one second_taken_row
-- What was taken back of an hour.
SELECT link, taken FROM referrals_hour_event WHERE id = :id;

-- doubt_led(touch referrals_touch_id, score integer) nothing
-- The click behind a touch led to something that does not count.
INSERT INTO referrals_led (click, score, basket)
SELECT source, :score, 0 FROM referrals_touch WHERE id = :touch AND kind = 'link'
ON CONFLICT (click) DO UPDATE SET score = CASE WHEN referrals_led.score > excluded.score THEN referrals_led.score
                                               ELSE excluded.score END;

-- doubt_led_late(touch referrals_touch_id, basket integer) nothing
-- The basket of an order had been open for so long when the click behind a touch came.
INSERT INTO referrals_led (click, score, basket)
SELECT source, 0, :basket FROM referrals_touch WHERE id = :touch AND kind = 'link'
ON CONFLICT (click) DO UPDATE SET basket = excluded.basket;

-- doubt_led_well(verdict integer) nothing
-- It counts after all.
UPDATE referrals_led SET score = 0 WHERE click IN (
    SELECT t.source FROM core_verdict v
    JOIN referrals_credit c ON c.program = v.program AND c.event = v.subject
    JOIN referrals_touch t ON t.id = c.touch AND t.kind = 'link'
    WHERE v.id = :verdict);
