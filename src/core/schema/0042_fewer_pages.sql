-- An index by party has a leaf for each of them, so each entry is a page that is written with the next commit. Three
-- of the four by party become small or go.

-- What nobody at level one got anything by is listed from here; the rest is listed by its awards.
ALTER TABLE core_verdict ADD COLUMN bare FLAG NOT NULL DEFAULT 0; -- 1: it counts, and level one gets nothing
UPDATE core_verdict SET bare = 1 WHERE state = 'counted'
    AND NOT EXISTS (SELECT 1 FROM core_award w WHERE w.verdict = core_verdict.id AND w.level = 1);
DROP INDEX core_verdict_party;
CREATE INDEX core_verdict_bare ON core_verdict (party, program, id) WHERE state <> 'counted' OR bare = 1;

-- What may still be taken back was given lately, by verdicts of lately; what was given long after its verdict is found here.
ALTER TABLE core_award ADD COLUMN late FLAG NOT NULL DEFAULT 0; -- 1: given more than a day after its verdict was made
UPDATE core_award SET late = 1 WHERE hold > 0; -- which of these were is not known
DROP INDEX core_award_due;
CREATE INDEX core_award_late ON core_award (party, program, due) WHERE late = 1;
DROP INDEX core_award_party;
CREATE INDEX core_award_party ON core_award (party, program, verdict, due);
