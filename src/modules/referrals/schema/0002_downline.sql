-- Who stands above whom, without circles, also when two partners turn out to be one person.

ALTER TABLE referrals_partner ADD COLUMN same ID; -- rpt_ who joined first, when both are one person; NULL: nobody
CREATE INDEX referrals_partner_same ON referrals_partner (same, id) WHERE same IS NOT NULL;

-- Partners who hang together by who brought whom, or by being one person, are one line. A forest of pointers whose
-- last one names the line (R. Tarjan, Efficiency of a Good But Not Linear Set Union Algorithm, 1975; by rank).
-- Who has no row is a line alone.
CREATE TABLE referrals_line (
    partner          KEY,                        -- rpt_
    towards          ID,                         -- rpt_ nearer to the one that names the line; NULL: this one does
    height           NUMBER NOT NULL             -- no more steps than this lead here, and 2^height partners at least
);
