-- stock_desk_queue(after instant, beyond stock_photo_id, most integer) many stock_desk_line_row
-- What waits for a decision, appeals among them, oldest first.
SELECT s.id AS photo, s.title, p.name AS author_name, s.clip, s.state, s.like_points, s.reviewer, s.moved
FROM (SELECT id FROM (SELECT id, moved FROM stock_photo
                      WHERE state = 'waiting' AND (moved, id) > (:after, :beyond)
                      ORDER BY moved, id LIMIT :most) waiting
      UNION ALL
      SELECT id FROM (SELECT id, moved FROM stock_photo
                      WHERE state = 'appealed' AND (moved, id) > (:after, :beyond)
                      ORDER BY moved, id LIMIT :most) appealed) found
JOIN stock_photo s ON s.id = found.id
JOIN core_party p ON p.id = s.author
ORDER BY s.moved, s.id LIMIT :most;

-- stock_desk_count() one stock_count
-- How many wait, as far as it is worth counting.
SELECT count(*) AS number FROM
    (SELECT 1 AS one FROM stock_photo WHERE state IN ('waiting', 'appealed') LIMIT 1001) counted;

-- stock_desk_author(author party_id) one stock_desk_author_row
-- An author, and how the newest thousand of their photographs fared.
SELECT p.joined, COALESCE(l.language, 'en') AS language, n.offered, n.accepted, n.refused
FROM core_party p
LEFT JOIN core_login l ON l.person = p.id
CROSS JOIN (SELECT count(*) AS offered,
                   COALESCE(sum(CASE WHEN state IN ('accepted', 'sold') THEN 1 ELSE 0 END), 0) AS accepted,
                   COALESCE(sum(CASE WHEN state IN ('refused', 'appealed', 'closed') THEN 1 ELSE 0 END), 0) AS refused
            FROM (SELECT state FROM stock_photo WHERE author = :author ORDER BY id DESC LIMIT 1000) newest
            WHERE state <> 'draft') n
WHERE p.id = :author;

-- stock_inspection_of(photo stock_photo_id) one stock_inspection_row
-- The file in which an operator looks at a photograph.
SELECT copy, format FROM stock_inspection WHERE photo = :photo;

-- stock_inspection_made(photo stock_photo_id, copy text, format media_format) nothing
-- That file is made.
INSERT INTO stock_inspection (photo, copy, format) VALUES (:photo, :copy, :format)
ON CONFLICT (photo) DO UPDATE SET copy = excluded.copy, format = excluded.format;

-- stock_desk_decisions(author party_id, photo stock_photo_id) many stock_desk_past
-- What was decided last about an author's other photographs, among their newest hundred.
SELECT id AS photo, title, state, moved
FROM (SELECT id, title, state, moved FROM stock_photo WHERE author = :author ORDER BY id DESC LIMIT 100) newest
WHERE state IN ('accepted', 'sold', 'refused', 'closed') AND id <> :photo
ORDER BY moved DESC, id DESC LIMIT 5;
