-- Mail addresses that passwords were tried for and that nobody signs in with: they wait as those of people do,
-- or whoever guesses would learn which are somebody's. After a day of peace they are forgotten.
CREATE TABLE core_stranger (
    mail             WORDS NOT NULL PRIMARY KEY, -- hash of the address in lower case
    wrong            INTEGER NOT NULL,           -- passwords tried
    wait_until       INSTANT NOT NULL            -- none is looked at before
);
CREATE INDEX core_stranger_by_wait ON core_stranger (wait_until);
