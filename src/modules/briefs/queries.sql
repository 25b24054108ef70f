-- briefs_brief_insert takes briefs_brief_new nothing
-- What a new brief asks beyond its call.
INSERT INTO briefs_brief (call, person, wanted, budget_minor, budget_currency, criteria)
VALUES (:call, :person, :wanted, :budget_minor, :budget_currency, :criteria);

-- briefs_brief_by_id(brief call_id) one briefs_brief_row
-- One brief.
SELECT * FROM briefs_brief_shown WHERE call = :brief;

-- briefs_briefs_open(before integer, most integer) many briefs_brief_row
-- Briefs that take answers, newest first.
SELECT * FROM briefs_brief_shown WHERE state = 'open' AND call < :before
ORDER BY call DESC LIMIT :most;

-- briefs_briefs_of(organisation party_id, before integer, most integer) many briefs_brief_row
-- A business's briefs, newest first.
SELECT * FROM briefs_brief_shown WHERE organisation = :organisation AND call < :before
ORDER BY call DESC LIMIT :most;

-- briefs_brief_answered(brief call_id, most integer) one briefs_places
-- One answer more, unless there are as many as can be compared.
UPDATE briefs_brief SET answers = answers + 1 WHERE call = :brief AND answers < :most
RETURNING accepted, wanted;

-- briefs_brief_take(brief call_id) one briefs_places
-- Takes one of the wanted places; no row means that all are taken.
UPDATE briefs_brief SET accepted = accepted + 1 WHERE call = :brief AND accepted < wanted
RETURNING accepted, wanted;

-- briefs_offer_insert takes briefs_offer_new nothing
-- What an answer is about.
INSERT INTO briefs_offer (deal, brief, title, media, href, note, scores, fees)
VALUES (:deal, :brief, :title, :media, :href, :note, :scores, :fees);

-- briefs_offer_by_id(offer deal_id) one briefs_offer_row
-- One answer.
SELECT * FROM briefs_offer_shown WHERE deal = :offer;

-- briefs_offer_standing(brief call_id, subject integer) one briefs_offer_hit
-- The answer with this thing that was not taken back.
SELECT d.id AS deal FROM core_deal d
WHERE d.call = :brief AND d.flow = 'briefs.offer' AND d.subject = :subject AND d.state <> 'withdrawn'
LIMIT 1;

-- briefs_offers_by_sum(brief call_id) many briefs_offer_row
-- The answers to a brief, best scored first.
SELECT * FROM briefs_offer_shown WHERE brief = :brief ORDER BY sum DESC, deal LIMIT 200;

-- briefs_offers_by_price(brief call_id) many briefs_offer_row
-- The answers to a brief, cheapest first.
SELECT * FROM briefs_offer_shown WHERE brief = :brief ORDER BY price_minor, deal LIMIT 200;

-- briefs_offers_waiting(brief call_id) many briefs_offer_hit
-- The answers to a brief that wait for the business.
SELECT deal FROM briefs_offer_shown WHERE brief = :brief AND state IN ('offered', 'shortlisted')
ORDER BY deal LIMIT 200;

-- briefs_offers_of_person(person party_id, before integer, most integer) many briefs_offer_row
-- A person's answers, newest first.
SELECT * FROM briefs_offer_shown WHERE supplier = :person AND deal < :before
ORDER BY deal DESC LIMIT :most;

-- briefs_offers_of_person_to(person party_id, brief call_id) many briefs_offer_row
-- A person's answers to one brief.
SELECT * FROM briefs_offer_shown WHERE brief = :brief AND supplier = :person ORDER BY deal LIMIT 200;

-- briefs_offer_agreed(offer deal_id, agreed deal_id) nothing
-- The deal that an acceptance ended in.
UPDATE briefs_offer SET agreed = :agreed WHERE deal = :offer;

-- briefs_offer_reason(offer deal_id, reason text) nothing
-- Why an answer was declined.
UPDATE briefs_offer SET reason = :reason WHERE deal = :offer;

-- briefs_offer_score(offer deal_id, scores text, sum integer, remark text) one briefs_offer_hit
-- What the business makes of an answer.
UPDATE briefs_offer SET scores = :scores, sum = :sum, remark = :remark WHERE deal = :offer
RETURNING deal;

-- briefs_counts_of(brief call_id) one briefs_counts
-- How the answers to a brief stand.
SELECT count(*) AS received,
       count(*) FILTER (WHERE state IN ('offered', 'shortlisted')) AS waiting,
       count(*) FILTER (WHERE state = 'accepted') AS accepted,
       count(*) FILTER (WHERE state = 'thanked') AS thanked,
       CAST(COALESCE(sum(CASE WHEN state = 'accepted' THEN price_minor ELSE 0 END), 0) AS BIGINT)
           AS agreed_minor
FROM briefs_offer_shown WHERE brief = :brief;

-- briefs_works_for(person party_id, organisation party_id) one briefs_count
-- Whether a person works for a business.
SELECT count(*) AS number FROM core_member
WHERE person = :person AND organisation = :organisation AND ended = 0;

-- briefs_count_waiting(organisation party_id) one briefs_count
-- How many answers wait for a business, as far as a number in a menu needs.
SELECT count(*) AS number FROM
    (SELECT 1 AS one FROM core_deal
     WHERE buyer = :organisation AND flow = 'briefs.offer' AND state = 'offered' LIMIT 100) counted;

-- briefs_waiting_of(organisation party_id, most integer) many briefs_undecided
-- A business's briefs with answers to decide, the soonest to end first; not those that are open and have
-- only a shortlist. Counted among the oldest 500 of each kind.
SELECT c.id AS call, c.state, c.title, c.until, b.wanted, b.accepted,
       count(*) AS waiting
FROM (SELECT * FROM (SELECT call, state FROM core_deal
                     WHERE buyer = :organisation AND flow = 'briefs.offer' AND state = 'offered'
                     ORDER BY id LIMIT 500) AS offered
      UNION ALL
      SELECT * FROM (SELECT call, state FROM core_deal
                     WHERE buyer = :organisation AND flow = 'briefs.offer' AND state = 'shortlisted'
                     ORDER BY id LIMIT 500) AS shortlisted) AS d
JOIN core_call c ON c.id = d.call
JOIN briefs_brief b ON b.call = c.id
GROUP BY c.id, c.state, c.title, c.until, b.wanted, b.accepted
HAVING c.state <> 'open' OR count(*) FILTER (WHERE d.state = 'offered') > 0
ORDER BY c.until, c.id LIMIT :most;

-- briefs_ending_of(organisation party_id, soon instant, most integer) many briefs_brief_row
-- A business's open briefs that end soon, among its newest 50.
SELECT * FROM briefs_brief_shown
WHERE call IN (SELECT id FROM core_call WHERE organisation = :organisation ORDER BY id DESC LIMIT 50)
  AND state = 'open' AND until < :soon
ORDER BY until, call LIMIT :most;

-- briefs_shortlisted_of(person party_id, most integer) many briefs_offer_row
-- A person's answers that are on a shortlist, newest first.
SELECT * FROM briefs_offer_shown WHERE supplier = :person AND state = 'shortlisted'
ORDER BY deal DESC LIMIT :most;

-- briefs_audit_offers(after integer) many briefs_audit_row
-- For the audit: accepted answers with the deal each ended in, what it granted, what it took, and what of
-- that for the price: without the fees that the buyer bore on top.
SELECT d.id AS deal, d.price_minor, d.price_currency, f.fees,
       (SELECT count(*) FROM core_deal a
        WHERE a.id = f.agreed AND a.call = d.call AND a.price_minor = d.price_minor
          AND a.price_currency = d.price_currency AND a.supplier = d.supplier AND a.buyer = d.buyer
          AND a.subject = d.subject) AS deals,
       (SELECT count(*) FROM core_right r WHERE r.deal = f.agreed) AS rights,
       CAST(COALESCE((SELECT sum(t.amount_minor)
                 FROM ledger_posting p
                 JOIN ledger_transfer t ON t.posting = p.id
                 JOIN ledger_account a ON a.id = t.from_account
                 WHERE p.subject = f.agreed AND p.corrects IS NULL AND a.purpose = 'wallet'), 0) AS BIGINT) AS paid,
       CAST(COALESCE((SELECT sum(CASE WHEN a.purpose = 'wallet' THEN t.amount_minor ELSE -t.amount_minor END)
                 FROM ledger_posting p
                 JOIN ledger_transfer t ON t.posting = p.id
                 JOIN ledger_account a ON a.id = t.from_account
                 JOIN ledger_account g ON g.id = t.to_account
                 WHERE p.subject = f.agreed AND p.corrects IS NULL
                   AND (a.purpose = 'wallet' OR (a.purpose = 'sale' AND g.purpose = 'fees'))), 0) AS BIGINT) AS taken
FROM core_deal d JOIN briefs_offer f ON f.deal = d.id
WHERE d.flow = 'briefs.offer' AND d.state = 'accepted' AND d.id > :after
ORDER BY d.id LIMIT 500;

-- briefs_audit_briefs(after integer) many briefs_audit_brief_row
-- For the audit: how many a brief says were accepted, and how many are.
SELECT b.call, b.accepted,
       (SELECT count(*) FROM core_deal d
        WHERE d.call = b.call AND d.flow = 'briefs.offer' AND d.state = 'accepted') AS counted
FROM briefs_brief b WHERE b.call > :after ORDER BY b.call LIMIT 500;
