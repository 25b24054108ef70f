-- Whether the terms of programs are understood: what partners answered to questions made from the rules.

-- What a partner answered, a digit a question: 1 to 3, 0 for left out; empty: was not asked, or has not said.
ALTER TABLE referrals_partner ADD COLUMN quiz WORDS NOT NULL DEFAULT '';
ALTER TABLE referrals_partner ADD COLUMN quiz_version NUMBER NOT NULL DEFAULT 0; -- of the rules that it was about; 0: none

-- How often each answer was given.
CREATE TABLE referrals_quiz (
    program          ID NOT NULL REFERENCES referrals_program (program), -- which
    version          NUMBER NOT NULL,            -- of its rules
    question         NUMBER NOT NULL,            -- quiz_question, its place from 1
    answer           NUMBER NOT NULL,            -- its place from 1; 0: left out
    partners         NUMBER NOT NULL,            -- who gave it
    PRIMARY KEY (program, version, question, answer)
);
