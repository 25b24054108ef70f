-- terms_insert takes terms_row nothing
-- Keeps a text; the same text again changes nothing.
INSERT INTO core_terms (hash, name, version, language, body, since)
VALUES (:hash, :name, :version, :language, :body, :since)
ON CONFLICT (hash) DO NOTHING;

-- terms_in_force(name text, language text, at instant) one terms_row
-- The newest text in a language or in English; of two that are as new, the one in the language.
SELECT hash, name, version, language, body, since FROM core_terms
WHERE name = :name AND language IN (:language, 'en') AND since <= :at
ORDER BY since DESC, CASE WHEN language = :language THEN 0 ELSE 1 END LIMIT 1;

-- acceptance_insert takes acceptance_new nothing
-- Notes an acceptance; the first one counts.
INSERT INTO core_acceptance (party, hash, subject, at)
VALUES (:party, :hash, :subject, :at)
ON CONFLICT (party, hash, subject) DO NOTHING;
