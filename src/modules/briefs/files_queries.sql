-- briefs_file_briefs(organisation party_id, after call_id) many briefs_file_brief
-- A business's briefs, the oldest first.
SELECT call AS brief, state, title, body, wanted, answers, accepted, budget_minor, budget_currency, at AS published,
       until
FROM briefs_brief_shown WHERE organisation = :organisation AND call > :after ORDER BY call LIMIT 1000;

-- briefs_file_answers(organisation party_id, after deal_id) many briefs_file_answer
-- What a business was offered, the oldest first.
SELECT deal AS offer, state, brief, brief_title, supplier_name AS supplier, title, price_minor, price_currency, note,
       sum AS score, remark, reason, at AS offered, moved
FROM briefs_offer_shown WHERE buyer = :organisation AND deal > :after ORDER BY deal LIMIT 1000;

-- briefs_file_own(person party_id, after deal_id) many briefs_file_own
-- A person's answers, the oldest first; what the business notes for itself stays there.
SELECT deal AS offer, state, brief, brief_title, buyer_name AS business, title, price_minor, price_currency, note,
       reason, at AS offered, moved
FROM briefs_offer_shown WHERE supplier = :person AND deal > :after ORDER BY deal LIMIT 1000;
