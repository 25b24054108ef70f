-- quiz_partner(partner referrals_partner_id, person party_id) one quiz_partner_row
-- What a partner answered.
SELECT id AS partner, program, quiz, quiz_version FROM referrals_partner WHERE id = :partner AND person = :person;

-- quiz_set takes quiz_said one quiz_hit
-- Keeps what a partner answers, the first time.
UPDATE referrals_partner SET quiz = :quiz, quiz_version = :version WHERE id = :partner AND quiz = ''
RETURNING id AS partner;

-- quiz_add takes quiz_add_row nothing
-- Counts an answer.
INSERT INTO referrals_quiz (program, version, question, answer, partners)
VALUES (:program, :version, :question, :answer, 1)
ON CONFLICT (program, version, question, answer) DO UPDATE SET partners = referrals_quiz.partners + 1;

-- quiz_counts(program program_id, version integer) many quiz_count_row
-- How often each answer was given.
SELECT question, answer, partners FROM referrals_quiz WHERE program = :program AND version = :version
ORDER BY question, answer LIMIT 40;
