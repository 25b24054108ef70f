-- Plans and the obligations that follow from them; in place of a table that nothing was ever written into.
DROP TABLE core_obligation;

-- What two sides agreed on about sums over time.
CREATE TABLE core_plan (
    id               KEY,                        -- pln_
    kind             WORDS NOT NULL,             -- name of the plan_kind whose it is
    subject          ID NOT NULL,                -- what it is for: a deal; 0: what the title says
    title            TEXT NOT NULL,              -- what it is for, in words
    debtor           ID NOT NULL REFERENCES core_party (id), -- who owes
    creditor         ID NOT NULL REFERENCES core_party (id), -- to whom
    state            WORDS NOT NULL,             -- plan_state
    term             WORDS NOT NULL,             -- plan_term
    sum_minor        MONEY_MINOR NOT NULL,       -- all of it; each time, when recurring; the principal of interest
    sum_currency     CURRENCY NOT NULL,          -- of all sums here
    parts            NUMBER NOT NULL,            -- how many; 0: without end
    remainder        WORDS NOT NULL,             -- plan_remainder
    unit             WORDS NOT NULL,             -- plan_unit
    every            NUMBER NOT NULL,            -- units from one day to the next
    first            NUMBER NOT NULL,            -- day of the first part, since 1970-01-01; 0 of milestones
    month_day        NUMBER NOT NULL,            -- wanted day of each month, 1 to 31
    rate             NUMBER NOT NULL,            -- of interest: parts per million in a year
    basis            WORDS NOT NULL,             -- plan_basis
    accrues          NUMBER NOT NULL,            -- day from which interest is counted
    grace            NUMBER NOT NULL,            -- days after its day before a part is late
    fee_minor        MONEY_MINOR NOT NULL,       -- added to a part that is late
    patience         NUMBER NOT NULL,            -- days late after which the plan ends; 0: never
    automatic        FLAG NOT NULL,              -- 1: paid from the debtor's account when due
    made             NUMBER NOT NULL,            -- parts that are obligations so far
    next             NUMBER NOT NULL,            -- day on which the next one is to be made; 0: none
    at               INSTANT NOT NULL,           -- written
    moved            INSTANT NOT NULL            -- state last changed
);
CREATE INDEX core_plan_next ON core_plan (next, id) WHERE next > 0;
CREATE INDEX core_plan_subject ON core_plan (subject, id);
CREATE INDEX core_plan_debtor ON core_plan (debtor, state, id);
CREATE INDEX core_plan_creditor ON core_plan (creditor, state, id);
CREATE INDEX core_plan_state ON core_plan (state, id);

-- One sum that is owed on one day.
CREATE TABLE core_obligation (
    id               KEY,                        -- obl_
    plan             ID NOT NULL REFERENCES core_plan (id), -- because of which plan
    number           NUMBER NOT NULL,            -- which part of it, from 1
    debtor           ID NOT NULL,                -- who owes
    creditor         ID NOT NULL,                -- to whom
    amount_minor     MONEY_MINOR NOT NULL,       -- how much
    amount_currency  CURRENCY NOT NULL,          -- of all sums here
    fee_minor        MONEY_MINOR NOT NULL,       -- added since it was late
    paid_minor       MONEY_MINOR NOT NULL,       -- of both, so far
    state            WORDS NOT NULL,             -- obligation_state
    due              NUMBER NOT NULL,            -- day since 1970-01-01; 0: when it is reached
    closed           INSTANT NOT NULL,           -- paid, forgiven or cancelled; 0: open
    collect          INSTANT NOT NULL,           -- when it is next tried to be paid by itself; 0: not
    moved            INSTANT NOT NULL,           -- state last changed
    CHECK (amount_minor >= 0 AND fee_minor >= 0 AND paid_minor >= 0 AND paid_minor <= amount_minor + fee_minor)
);
CREATE UNIQUE INDEX core_obligation_part ON core_obligation (plan, number);
CREATE INDEX core_obligation_debtor ON core_obligation (debtor, closed, due, id);
CREATE INDEX core_obligation_creditor ON core_obligation (creditor, closed, due, id);
CREATE INDEX core_obligation_collect ON core_obligation (collect, id) WHERE collect > 0;

-- What was paid of an obligation, each with its posting.
CREATE TABLE core_instalment (
    posting          KEY,                        -- pst_ with the transfers
    obligation       ID NOT NULL REFERENCES core_obligation (id), -- of which obligation
    amount_minor     MONEY_MINOR NOT NULL,       -- of the amount that was owed
    fee_minor        MONEY_MINOR NOT NULL,       -- of what was added since it was late
    at               INSTANT NOT NULL            -- when
);
CREATE INDEX core_instalment_obligation ON core_instalment (obligation, posting);

-- The link under which a party's calendar can be read without signing in.
CREATE TABLE core_calendar (
    party            KEY,                        -- whose
    serial           NUMBER NOT NULL,            -- which link of theirs it is, from 1
    valid            FLAG NOT NULL,              -- 1: it may be read
    language         WORDS NOT NULL,             -- of its words
    at               INSTANT NOT NULL            -- last changed
);

-- An obligation with its plan and both sides, as either of them sees it.
CREATE VIEW core_obligation_shown AS
SELECT o.id, o.plan, o.number, p.parts, p.kind, p.title, o.debtor, d.name AS debtor_name, o.creditor,
       c.name AS creditor_name, o.amount_minor, o.amount_currency, o.fee_minor, o.paid_minor, o.state, o.due,
       p.automatic, p.grace, p.fee_minor AS late_minor, o.closed, o.moved,
       (SELECT COUNT(*) FROM core_history h WHERE h.subject = o.id) AS steps
FROM core_obligation o
JOIN core_plan p ON p.id = o.plan
JOIN core_party d ON d.id = o.debtor
JOIN core_party c ON c.id = o.creditor;
