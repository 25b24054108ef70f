-- What businesses ask for beyond core_call, and what people answer beyond core_deal.

-- A brief: how many are wanted, for how much each, and what counts.
CREATE TABLE briefs_brief (
    call              KEY,                       -- cal_
    person            ID NOT NULL,               -- pty_ of the member who published it
    wanted            NUMBER NOT NULL,           -- how many, 1 to 100
    accepted          NUMBER NOT NULL DEFAULT 0, -- how many were accepted so far
    answers           NUMBER NOT NULL DEFAULT 0, -- how many were ever offered
    budget_minor      MONEY_MINOR NOT NULL,      -- at most for each
    budget_currency   CURRENCY NOT NULL,         -- of it
    criteria          TEXT NOT NULL,             -- names of what is scored, one a line, six at most
    CHECK (accepted <= wanted)
);

-- An answer to a brief: which thing, and what the business makes of it.
CREATE TABLE briefs_offer (
    deal              KEY,                       -- del_
    brief             ID NOT NULL REFERENCES briefs_brief (call), -- which brief
    title             TEXT NOT NULL,             -- what the thing was called when it was offered
    media             WORDS NOT NULL,            -- hash of its picture; empty when it has none
    href              WORDS NOT NULL,            -- its public page
    note              TEXT NOT NULL,             -- what its owner says
    scores            WORDS NOT NULL,            -- a digit for each criterion in order; 0: not scored
    sum               NUMBER NOT NULL DEFAULT 0, -- of the scores
    remark            TEXT NOT NULL DEFAULT '',  -- what the business notes for itself
    reason            TEXT NOT NULL DEFAULT '',  -- why it was declined, for its owner
    agreed            ID                         -- del_ that its acceptance ended in
);
CREATE INDEX briefs_offer_brief ON briefs_offer (brief, deal);

-- A brief with its call and who asks, as most statements want it.
CREATE VIEW briefs_brief_shown AS
SELECT c.id AS call, c.state, c.organisation, o.name AS organisation_name, o.place AS organisation_place,
       c.title, c.body, b.person, b.wanted, b.accepted, b.answers, b.budget_minor, b.budget_currency,
       b.criteria, c.at, c.until
FROM core_call c
JOIN briefs_brief b ON b.call = c.id
JOIN core_party o ON o.id = c.organisation
WHERE c.flow = 'briefs.brief';

-- An answer with its deal, its brief and the names of both sides.
CREATE VIEW briefs_offer_shown AS
SELECT d.id AS deal, d.state, f.brief, c.title AS brief_title, c.state AS brief_state, c.until,
       d.buyer, o.name AS buyer_name, d.supplier, p.name AS supplier_name, p.place AS supplier_place,
       d.subject, f.title, f.media, f.href, d.price_minor, d.price_currency, f.note, f.scores, f.sum,
       f.remark, f.reason, f.agreed, d.at, d.moved
FROM core_deal d
JOIN briefs_offer f ON f.deal = d.id
JOIN core_call c ON c.id = f.brief
JOIN core_party o ON o.id = d.buyer
JOIN core_party p ON p.id = d.supplier
WHERE d.flow = 'briefs.offer';
