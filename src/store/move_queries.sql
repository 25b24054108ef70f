-- What the engines' catalogues say of the tables that the migrations made, for moving them.

-- move_columns() many move_column_row
-- Every column of every table; those of a full-text index are `other`.
-- on sqlite
SELECT t.name AS owner, c.name AS name,
       CASE WHEN t.type = 'virtual' THEN 'other' WHEN c.type = 'INTEGER' THEN 'number' WHEN c.type = 'TEXT' THEN 'text'
            WHEN c.type = 'BLOB' THEN 'bytes' ELSE 'other' END AS kind,
       c.pk AS place
FROM pragma_table_list t
JOIN pragma_table_xinfo(t.name) c
WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND substr(t.name, 1, 7) <> 'sqlite_' AND c.hidden = 0
ORDER BY t.name, c.cid;
-- on postgresql
SELECT CAST(t.relname AS text) AS owner, CAST(c.attname AS text) AS name,
       CASE CAST(c.atttypid AS regtype) WHEN 'bigint'::regtype THEN 'number' WHEN 'smallint'::regtype THEN 'flag'
            WHEN 'text'::regtype THEN 'text' WHEN 'bytea'::regtype THEN 'bytes' ELSE 'other' END AS kind,
       CAST(COALESCE(array_position(CAST(i.indkey AS smallint[]), c.attnum) + 1, 0) AS bigint) AS place
FROM pg_class t
JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition
ORDER BY t.relname, c.attnum;

-- move_indexes() many move_index_row
-- Indexes that no constraint needs, and references, which come back last: how to drop and make each.
-- on sqlite
SELECT 'DROP INDEX "' || name || '"' AS away, sql AS back FROM sqlite_schema
WHERE type = 'index' AND sql IS NOT NULL ORDER BY name;
-- on postgresql
SELECT q.away, q.back FROM (
    SELECT 2 AS turn, CAST(t.relname AS text) AS name,
           format('DROP INDEX %s', CAST(t.oid AS regclass)) AS away, pg_get_indexdef(t.oid) AS back
    FROM pg_index i
    JOIN pg_class t ON t.oid = i.indexrelid AND t.relkind IN ('i', 'I') AND NOT t.relispartition
    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
    WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
    UNION ALL
    SELECT 3, CAST(k.conname AS text),
           format('ALTER TABLE %s DROP CONSTRAINT %I', CAST(k.conrelid AS regclass), k.conname),
           format('ALTER TABLE %s ADD CONSTRAINT %I %s', CAST(k.conrelid AS regclass), k.conname,
                  pg_get_constraintdef(k.oid))
    FROM pg_constraint k
    JOIN pg_namespace n ON n.oid = k.connamespace AND n.nspname = current_schema()
    WHERE k.contype = 'f' AND k.conparentid = 0) q
ORDER BY q.turn, q.name;
