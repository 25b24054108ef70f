-- Mail addresses that are known to be their person's.

ALTER TABLE core_login ADD COLUMN confirmed INSTANT NOT NULL DEFAULT 0; -- mail to it reaches the person since; 0: not known yet
UPDATE core_login SET confirmed = COALESCE((SELECT joined FROM core_party WHERE id = person), 1); -- of before there was this column

ALTER TABLE core_link ADD COLUMN mail WORDS NOT NULL DEFAULT '';       -- the address that it confirms or gives back, in lower case
CREATE INDEX core_link_mail ON core_link (mail, until);
