-- mail_insert takes mail_row nothing
-- A mail to be sent.
INSERT INTO core_mail (id, recipient, party, subject, body, stop, state, at, sent)
VALUES (:id, :recipient, :party, :subject, :body, :stop, :state, :at, :sent);

-- mail_by_id(id mail_id) one mail_row
-- One mail.
SELECT id, recipient, party, subject, body, stop, state, at, sent FROM core_mail WHERE id = :id;

-- mail_settle(id mail_id, state mail_state, sent instant) one mail_hit
-- What became of a mail that waited.
UPDATE core_mail SET state = :state, sent = :sent WHERE id = :id AND state = 'waiting' RETURNING id;

-- mail_reader_of(person party_id) one mail_reader
-- Where and in which language a person reads mail.
SELECT mail, language FROM core_login WHERE person = :person;

-- mails_before(before mail_id) many mail_row
-- Mails, newest first.
SELECT id, recipient, party, subject, '' AS body, '' AS stop, state, at, sent FROM core_mail
WHERE id < :before ORDER BY id DESC LIMIT 51;
