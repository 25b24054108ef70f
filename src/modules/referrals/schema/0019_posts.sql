-- Posts of partners on pages of their own: handed in, looked at, paid, and looked at again.

-- Programs that reward posts.
CREATE TABLE referrals_post_terms (
    program          KEY,                        -- prg_
    taken            FLAG NOT NULL,              -- 1: partners may hand posts in
    words            TEXT NOT NULL               -- one of these lines must stand on the page; empty: one of the site's
);

-- An address that a partner handed in.
CREATE TABLE referrals_post (
    id               KEY,                        -- rpo_
    program          ID NOT NULL REFERENCES referrals_program (program), -- in which
    partner          ID NOT NULL REFERENCES referrals_partner (id), -- who handed it in
    person           ID NOT NULL,                -- pty_ who that is
    state            WORDS NOT NULL,             -- post_state
    moved            INSTANT NOT NULL,           -- state last changed
    address          TEXT NOT NULL,              -- as handed in, in one form for all spellings
    page             TEXT NOT NULL,              -- to which it led; as handed in until it was looked at
    found            WORDS NOT NULL,             -- post_found: what the last look found
    why              WORDS NOT NULL,             -- text key: why the program gives nothing for it; empty: it does
    said             TEXT NOT NULL,              -- the business's words to a post that it does not want
    tries            NUMBER NOT NULL,            -- looks in a row that found something missing
    looked           INSTANT NOT NULL,           -- last looked at; 0: not yet
    due              INSTANT NOT NULL,           -- looked at again then; 0: not any more
    verdict          ID NOT NULL,                -- vrd_ by which it is paid; 0: none
    at               INSTANT NOT NULL            -- handed in
);
CREATE UNIQUE INDEX referrals_post_address ON referrals_post (program, address)
    WHERE state IN ('handed_in', 'accepted', 'paid', 'rejected');
CREATE INDEX referrals_post_page ON referrals_post (program, page);
CREATE INDEX referrals_post_partner ON referrals_post (partner, id);
CREATE INDEX referrals_post_program ON referrals_post (program, id);
