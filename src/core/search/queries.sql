-- search_text_find(subject integer) one search_text_row
-- What a thing is found by now.
SELECT tokens FROM core_search_text WHERE subject = :subject;

-- search_text_put(subject integer, tokens text) nothing
-- Keeps what a thing is found by.
INSERT INTO core_search_text (subject, tokens) VALUES (:subject, :tokens)
ON CONFLICT (subject) DO UPDATE SET tokens = excluded.tokens;

-- search_text_drop(subject integer) nothing
-- A thing is not found any more.
DELETE FROM core_search_text WHERE subject = :subject;

-- search_index_drop(subject integer, tokens text) nothing
-- Takes a thing out of the index; FTS5 wants to be told what it was put in with.
-- on sqlite
INSERT INTO core_search (core_search, rowid, tokens) VALUES ('delete', :subject, :tokens);
-- on postgresql
DELETE FROM core_search WHERE rowid = :subject AND :tokens <> '';

-- search_index_put(subject integer, tokens text) nothing
-- Puts a thing into the index.
-- on sqlite
INSERT INTO core_search (rowid, tokens) VALUES (:subject, :tokens);
-- on postgresql
INSERT INTO core_search (rowid, tokens) VALUES (:subject, array_to_tsvector(string_to_array(:tokens, ' ')));

-- search_index_fill() nothing
-- Puts everything into an index that is empty.
-- on sqlite
INSERT INTO core_search (rowid, tokens) SELECT subject, tokens FROM core_search_text WHERE subject > 0;
-- on postgresql
INSERT INTO core_search (rowid, tokens)
SELECT subject, array_to_tsvector(string_to_array(tokens, ' ')) FROM core_search_text WHERE subject > 0;

-- search_match(wanted text, before integer, most integer) many search_hit
-- Things that have all that is wanted, newest first.
-- on sqlite
SELECT rowid AS subject FROM core_search
WHERE core_search MATCH :wanted AND rowid < :before
ORDER BY rowid DESC LIMIT :most;
-- on postgresql
SELECT rowid AS subject FROM core_search
WHERE tokens @@ CAST(:wanted AS tsquery) AND rowid < :before
ORDER BY rowid DESC LIMIT :most;

-- search_word_add(word text) nothing
-- One thing more has a word.
INSERT INTO core_search_word (word, uses) VALUES (:word, 1)
ON CONFLICT (word) DO UPDATE SET uses = core_search_word.uses + 1;

-- search_word_take(word text) nothing
-- One thing fewer has a word.
UPDATE core_search_word SET uses = uses - 1 WHERE word = :word;

-- search_word_find(word text) one search_word_row
-- Whether a word is known.
SELECT word, uses FROM core_search_word WHERE word = :word AND uses > 0;

-- search_words_near(from_word text, to_word text) many search_word_row
-- Words in a stretch of the alphabet, most used first.
SELECT word, uses FROM core_search_word
WHERE word >= :from_word AND word < :to_word AND uses > 0
ORDER BY uses DESC LIMIT 5000;

-- search_things(after integer, most integer) many search_thing_row
-- All things and what they are found by, in the order of their ids.
SELECT subject, tokens FROM core_search_text WHERE subject > :after ORDER BY subject LIMIT :most;

-- search_event_newest() one search_event_row
-- The newest event that no older running transaction can precede.
-- on sqlite
SELECT turn, id, name, subject FROM core_event ORDER BY turn DESC, id DESC LIMIT 1;
-- on postgresql
SELECT turn, id, name, subject FROM core_event
WHERE turn < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)
      + COALESCE((SELECT shift FROM core_turn WHERE id = 1), 0)
ORDER BY turn DESC, id DESC LIMIT 1;

-- search_events_from(turn integer, event integer, most integer) many search_event_row
-- An event and those after it. SQLite, where every turn is 0, can't seek to a pair that ends with the
-- primary key.
-- on sqlite
SELECT turn, id, name, subject FROM core_event
WHERE id >= :event AND turn >= :turn
ORDER BY id LIMIT :most;
-- on postgresql
SELECT turn, id, name, subject FROM core_event
WHERE (turn, id) >= (:turn, :event)
  AND turn < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)
      + COALESCE((SELECT shift FROM core_turn WHERE id = 1), 0)
ORDER BY turn, id LIMIT :most;
