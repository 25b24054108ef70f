-- sharer_of(person party_id) one sharer_row
-- What somebody says about themselves.
SELECT id, person, shown, name, about, reach, topics, languages, countries, at FROM referrals_sharer WHERE person = :person;

-- sharer_insert takes sharer_row nothing
-- Keeps what somebody says for the first time.
INSERT INTO referrals_sharer (id, person, shown, name, about, reach, topics, languages, countries, at)
VALUES (:id, :person, :shown, :name, :about, :reach, :topics, :languages, :countries, :at);

-- sharer_update takes sharer_row nothing
-- Keeps what somebody says in place of what they said.
UPDATE referrals_sharer SET shown = :shown, name = :name, about = :about, reach = :reach, topics = :topics,
       languages = :languages, countries = :countries, at = :at
WHERE id = :id AND person = :person;

-- sharer_delete(sharer sharer_id) nothing
-- Forgets what somebody said.
DELETE FROM referrals_sharer WHERE id = :sharer;

-- sharer_channels(sharer sharer_id) many sharer_channel
-- Where somebody reaches people.
SELECT address, reach, kind FROM referrals_channel WHERE sharer = :sharer ORDER BY place;

-- sharer_channel_insert takes sharer_channel_row nothing
-- Keeps one of these.
INSERT INTO referrals_channel (sharer, place, address, reach, kind) VALUES (:sharer, :place, :address, :reach, :kind);

-- sharer_channels_delete(sharer sharer_id) nothing
-- Forgets all of these.
DELETE FROM referrals_channel WHERE sharer = :sharer;

-- sharer_fact_insert takes sharer_fact_row nothing
-- Lets somebody be found by a fact.
INSERT INTO referrals_sharer_fact (fact, value, reach, sharer) VALUES (:fact, :value, :reach, :sharer)
ON CONFLICT (fact, value, reach, sharer) DO NOTHING;

-- sharer_facts_delete(sharer sharer_id) nothing
-- Lets nobody find somebody.
DELETE FROM referrals_sharer_fact WHERE sharer = :sharer;

-- sharers_found(fact text, value text, topic text, language text, kind text, reach integer, before integer, least integer, business party_id, most integer) many sharer_found_row
-- Who has a fact, those with most reach first, behind one of them. A topic, language or kind of channel that is empty is anybody's.
SELECT s.id AS sharer, s.name, s.about, s.reach, s.topics, s.languages, s.countries,
       CAST(COALESCE((SELECT sum(b.orders) FROM referrals_partner p JOIN referrals_brought b ON b.partner = p.id
                      WHERE p.person = s.person), 0) AS BIGINT) AS orders
FROM referrals_sharer_fact f JOIN referrals_sharer s ON s.id = f.sharer
WHERE f.fact = :fact AND f.value = :value AND (f.reach, f.sharer) < (:reach, :before) AND f.reach >= :least
  AND (:topic = '' OR EXISTS (SELECT 1 FROM referrals_sharer_fact t WHERE t.fact = 'topic' AND t.value = :topic
                                AND t.reach = f.reach AND t.sharer = f.sharer))
  AND (:language = '' OR EXISTS (SELECT 1 FROM referrals_sharer_fact l WHERE l.fact = 'language' AND l.value = :language
                                   AND l.reach = f.reach AND l.sharer = f.sharer))
  AND (:kind = '' OR EXISTS (SELECT 1 FROM referrals_sharer_fact c WHERE c.fact = 'kind' AND c.value = :kind
                               AND c.reach = f.reach AND c.sharer = f.sharer))
  AND NOT EXISTS (SELECT 1 FROM referrals_sharer_block k WHERE k.person = s.person AND k.business = :business)
ORDER BY f.reach DESC, f.sharer DESC LIMIT :most;

-- sharer_for(sharer sharer_id, business party_id) one sharer_row
-- Somebody whom a business can find.
SELECT id, person, shown, name, about, reach, topics, languages, countries, at FROM referrals_sharer s
WHERE s.id = :sharer AND s.shown = 1
  AND NOT EXISTS (SELECT 1 FROM referrals_sharer_block k WHERE k.person = s.person AND k.business = :business);

-- sharer_orders(person party_id) one sharer_number
-- How many orders ever came by somebody.
SELECT CAST(COALESCE(sum(b.orders), 0) AS BIGINT) AS number
FROM referrals_partner p JOIN referrals_brought b ON b.partner = p.id WHERE p.person = :person;

-- sharer_programs(business party_id) many sharer_program
-- Programs to which a business can invite now, the newest first.
SELECT g.id AS program, g.title FROM core_program g JOIN referrals_program r ON r.program = g.id
WHERE g.business = :business AND g.state = 'running' ORDER BY g.id DESC LIMIT 50;

-- invitations_since(business party_id, since instant) one sharer_number
-- How many a business invited since then.
SELECT count(*) AS number FROM referrals_invitation WHERE business = :business AND at > :since;

-- invitation_keep(partner referrals_partner_id, business party_id, at instant) nothing
-- Notes who was invited last when.
INSERT INTO referrals_invitation (partner, business, at) VALUES (:partner, :business, :at)
ON CONFLICT (partner) DO UPDATE SET at = excluded.at;

-- sharer_part_of(partner referrals_partner_id, person party_id) one sharer_part
-- Of which business the program is, and the offer that waits.
SELECT g.business, (SELECT f.deal FROM referrals_offer f JOIN core_deal d ON d.id = f.deal
                    WHERE f.partner = p.id AND d.state IN ('offered', 'countered') ORDER BY f.deal DESC LIMIT 1) AS offer
FROM referrals_partner p JOIN core_program g ON g.id = p.program
WHERE p.id = :partner AND p.person = :person;

-- sharer_block_insert(person party_id, business party_id, at instant) nothing
-- Somebody wants to hear no more from a business.
INSERT INTO referrals_sharer_block (person, business, at) VALUES (:person, :business, :at)
ON CONFLICT (person, business) DO NOTHING;

-- sharer_block_delete(person party_id, business party_id) one sharer_hit
-- Somebody may hear from a business again.
DELETE FROM referrals_sharer_block WHERE person = :person AND business = :business RETURNING business;

-- sharer_block_of(person party_id, business party_id) one sharer_hit
-- That somebody wants nothing of a business; no row: they do not say so.
SELECT business FROM referrals_sharer_block WHERE person = :person AND business = :business;

-- sharer_blocks(person party_id) many sharer_blocked
-- From whom somebody wants to hear nothing, the newest first.
SELECT k.business, c.name, k.at FROM referrals_sharer_block k JOIN core_party c ON c.id = k.business
WHERE k.person = :person ORDER BY k.at DESC LIMIT 200;
