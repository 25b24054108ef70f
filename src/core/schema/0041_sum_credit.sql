-- Store credit is told apart from money in what programs gave.

ALTER TABLE core_program_sum ADD COLUMN credit_minor NUMBER NOT NULL DEFAULT 0; -- of given_minor, to be spent at the business only
ALTER TABLE core_program_sum ADD COLUMN credit_back_minor NUMBER NOT NULL DEFAULT 0; -- of that taken back
UPDATE core_program_sum SET
    credit_minor = COALESCE((SELECT CAST(SUM(w.sum_minor) AS BIGINT) FROM core_award w
        WHERE w.party = core_program_sum.party AND w.program = core_program_sum.program
          AND w.sum_currency = core_program_sum.currency AND w.credit = 1 AND w.level > 0), 0),
    credit_back_minor = COALESCE((SELECT CAST(SUM(w.back_minor) AS BIGINT) FROM core_award w
        WHERE w.party = core_program_sum.party AND w.program = core_program_sum.program
          AND w.sum_currency = core_program_sum.currency AND w.credit = 1 AND w.level > 0), 0);
