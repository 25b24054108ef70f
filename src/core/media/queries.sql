-- media_row_insert takes media_row nothing
-- Keeps the facts of a file; the same file again changes nothing.
INSERT INTO core_media (hash, format, width, height, size, duration, camera, taken, colour, likeness, mirrored, at)
VALUES (:hash, :format, :width, :height, :size, :duration, :camera, :taken, :colour, :likeness, :mirrored, :at)
ON CONFLICT (hash) DO NOTHING;

-- media_row_find(hash text) one media_row
-- The facts of a file.
SELECT hash, format, width, height, size, duration, camera, taken, colour, likeness, mirrored, at
FROM core_media WHERE hash = :hash;
