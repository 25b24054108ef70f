-- What people write to a business through its feedback tab, and guests among those who say something.

-- Who says something need not be a party: guests have a name at most.
-- on sqlite
CREATE TABLE core_message_with_guests (
    id               KEY,                        -- msg_
    subject          ID NOT NULL,                -- a deal, a photo, feedback
    author           ID REFERENCES core_party (id), -- the person; NULL: a guest
    organisation     ID NOT NULL,                -- spoken for; 0: themselves
    body             TEXT NOT NULL,              -- the words
    at               INSTANT NOT NULL,           -- when
    guest            TEXT NOT NULL DEFAULT ''    -- how a guest wants to be called; may be empty
);
INSERT INTO core_message_with_guests (id, subject, author, organisation, body, at)
SELECT id, subject, author, organisation, body, at FROM core_message;
DROP TABLE core_message;
ALTER TABLE core_message_with_guests RENAME TO core_message;
CREATE INDEX core_message_subject ON core_message (subject, id);
CREATE INDEX core_message_author ON core_message (author, id);
-- on postgresql
ALTER TABLE core_message ALTER COLUMN author DROP NOT NULL;
ALTER TABLE core_message ADD COLUMN guest TEXT NOT NULL DEFAULT ''; -- how a guest wants to be called; may be empty
-- on both

-- Where a business takes feedback, and how its tab looks.
CREATE TABLE core_feedback_box (
    business         KEY,                        -- whose
    taking           FLAG NOT NULL,              -- 1: people may write
    side             WORDS NOT NULL,             -- feedback_side
    tone             WORDS NOT NULL,             -- feedback_tone
    label            TEXT NOT NULL,              -- words on the tab; empty: those of the reader's language
    at               INSTANT NOT NULL            -- last changed
);

-- A conversation with a business; what was said in it is in core_message.
CREATE TABLE core_feedback (
    id               KEY,                        -- fbk_
    business         ID NOT NULL REFERENCES core_party (id), -- with whom
    person           ID REFERENCES core_party (id), -- who began it; NULL: a guest
    name             TEXT NOT NULL,              -- as a guest wants to be called; may be empty
    mail             WORDS NOT NULL,             -- where a guest's answers go; empty: nowhere, or not any more
    told             FLAG NOT NULL,              -- 1: answers are mailed
    customer         ID REFERENCES core_customer (id), -- of whom it is kept why mails may go there; NULL: none do
    language         WORDS NOT NULL,             -- of mails
    page             WORDS NOT NULL,             -- address of the page it was written on; may be empty
    about            TEXT NOT NULL,              -- how it begins, for lists
    sender           WORDS NOT NULL,             -- mark of the network address it came from, hex
    state            WORDS NOT NULL,             -- feedback_state
    at               INSTANT NOT NULL,           -- begun
    moved            INSTANT NOT NULL            -- last changed
);
CREATE INDEX core_feedback_list ON core_feedback (business, state, id);
CREATE INDEX core_feedback_customer ON core_feedback (customer) WHERE customer IS NOT NULL;

-- From whom a business takes no more.
CREATE TABLE core_feedback_block (
    business         ID NOT NULL,                -- who
    mark             WORDS NOT NULL,             -- of a person, a mail address or a network address
    feedback         ID NOT NULL,                -- what it began with
    until            INSTANT NOT NULL,           -- over then
    PRIMARY KEY (business, mark)
);
CREATE INDEX core_feedback_block_by ON core_feedback_block (feedback);
