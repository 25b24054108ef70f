-- message_insert takes message_new nothing
-- Writes a message.
INSERT INTO core_message (id, subject, author, organisation, body, at, guest)
VALUES (:id, :subject, :author, :organisation, :body, :at, :guest);

-- messages_before(subject integer, before message_id) many thread_message
-- What was said about something, newest first.
SELECT m.id, COALESCE(m.author, 0) AS author, COALESCE(p.name, m.guest) AS author_name, m.organisation,
       COALESCE(o.name, '') AS organisation_name, m.body, m.at
FROM core_message m
LEFT JOIN core_party p ON p.id = m.author
LEFT JOIN core_party o ON o.id = m.organisation
WHERE m.subject = :subject AND m.id < :before
ORDER BY m.id DESC LIMIT 500;
