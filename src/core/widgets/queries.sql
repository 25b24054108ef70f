-- feedback_box_of(business party_id) one feedback_box_row
-- Where a business takes feedback.
SELECT business, taking, side, tone, label, at FROM core_feedback_box WHERE business = :business;

-- feedback_box_put takes feedback_box_row nothing
-- Writes how a business takes feedback.
INSERT INTO core_feedback_box (business, taking, side, tone, label, at)
VALUES (:business, :taking, :side, :tone, :label, :at)
ON CONFLICT (business) DO UPDATE SET taking = excluded.taking, side = excluded.side, tone = excluded.tone,
                                     label = excluded.label, at = excluded.at;

-- feedback_house_of(business party_id) one feedback_house
-- A business that takes feedback now.
SELECT b.business, p.name FROM core_feedback_box b JOIN core_party p ON p.id = b.business
WHERE b.business = :business AND b.taking = 1 AND p.suspended = 0;

-- feedback_insert takes feedback_row nothing
-- Keeps a conversation.
INSERT INTO core_feedback (id, business, person, name, mail, told, customer, language, page, about, sender, state, at, moved)
VALUES (:id, :business, :person, :name, :mail, :told, :customer, :language, :page, :about, :sender, :state, :at, :moved);

-- feedback_by_id(id feedback_id) one feedback_row
-- One conversation as stored.
SELECT id, business, person, name, mail, told, customer, language, page, about, sender, state, at, moved
FROM core_feedback WHERE id = :id;

-- feedback_shown(id feedback_id) one feedback_shown_row
-- One conversation with names.
SELECT f.id, f.business, b.name AS business_name, CASE WHEN f.person IS NULL THEN 0 ELSE 1 END AS known,
       COALESCE(p.name, f.name) AS name, f.told, f.page, f.about, f.state, f.at, f.moved
FROM core_feedback f JOIN core_party b ON b.id = f.business LEFT JOIN core_party p ON p.id = f.person
WHERE f.id = :id;

-- feedback_listed(business party_id, state feedback_state, before integer, most integer) many feedback_shown_row
-- Conversations of a business in a state, newest first.
SELECT f.id, f.business, b.name AS business_name, CASE WHEN f.person IS NULL THEN 0 ELSE 1 END AS known,
       COALESCE(p.name, f.name) AS name, f.told, f.page, f.about, f.state, f.at, f.moved
FROM core_feedback f JOIN core_party b ON b.id = f.business LEFT JOIN core_party p ON p.id = f.person
WHERE f.business = :business AND f.state = :state AND f.id < :before ORDER BY f.id DESC LIMIT :most;

-- feedback_waiting(business party_id) one feedback_count
-- How many wait for an answer.
SELECT count(*) AS waiting
FROM (SELECT id FROM core_feedback WHERE business = :business AND state = 'open' LIMIT 100) AS open_ones;

-- feedback_untell(customer customer_id) nothing
-- Nothing is mailed to a customer any more, and the address is forgotten.
UPDATE core_feedback SET told = 0, mail = '' WHERE customer = :customer;

-- feedback_untell_one(id feedback_id) nothing
-- Nothing of one conversation is mailed any more.
UPDATE core_feedback SET told = 0, mail = '' WHERE id = :id;

-- feedback_blocks(business party_id, first text, second text, third text, at instant) many feedback_blocked
-- Which of three marks a business takes nothing from.
SELECT mark FROM core_feedback_block
WHERE business = :business AND mark IN (:first, :second, :third) AND until > :at LIMIT 1;

-- feedback_block(business party_id, mark text, feedback feedback_id, until instant) nothing
-- A business takes nothing from them any more.
INSERT INTO core_feedback_block (business, mark, feedback, until) VALUES (:business, :mark, :feedback, :until)
ON CONFLICT (business, mark) DO UPDATE SET feedback = excluded.feedback, until = excluded.until;

-- feedback_unblock(feedback feedback_id) nothing
-- A business takes from them again.
DELETE FROM core_feedback_block WHERE feedback = :feedback;

-- feedback_origins(business party_id) many feedback_origin
-- Websites of a business.
SELECT origin FROM core_origin WHERE owner = :business ORDER BY origin LIMIT 100;

-- feedback_origin_of(business party_id, origin text) one feedback_origin
-- Whether a website is one of a business's.
SELECT origin FROM core_origin WHERE origin = :origin AND owner = :business;

-- flow core_feedback(state, moved)
