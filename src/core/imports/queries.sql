-- import_insert takes import_row nothing
-- A file that arrived.
INSERT INTO core_import (id, owner, person, kind, format, name, state, charset, separator, mapping, size, place, line,
    records, made, changed, same, refused, faults, stayed, batches, refusal, at, moved)
VALUES (:id, :owner, :person, :kind, :format, :name, :state, :charset, :separator, :mapping, :size, :place, :line,
    :records, :made, :changed, :same, :refused, :faults, :stayed, :batches, :refusal, :at, :moved);

-- import_lock(id import_id) one import_row
-- An import, for a write that moves it on.
-- on sqlite
SELECT id, owner, person, kind, format, name, state, charset, separator, mapping, size, place, line, records, made,
       changed, same, refused, faults, stayed, batches, refusal, at, moved
FROM core_import WHERE id = :id;
-- on postgresql
SELECT id, owner, person, kind, format, name, state, charset, separator, mapping, size, place, line, records, made,
       changed, same, refused, faults, stayed, batches, refusal, at, moved
FROM core_import WHERE id = :id FOR UPDATE;

-- import_by_id(id import_id) one import_row
-- An import.
SELECT id, owner, person, kind, format, name, state, charset, separator, mapping, size, place, line, records, made,
       changed, same, refused, faults, stayed, batches, refusal, at, moved
FROM core_import WHERE id = :id;

-- import_of(id import_id, owner party_id) one import_row
-- An import of somebody.
SELECT id, owner, person, kind, format, name, state, charset, separator, mapping, size, place, line, records, made,
       changed, same, refused, faults, stayed, batches, refusal, at, moved
FROM core_import WHERE id = :id AND owner = :owner;

-- imports_listed(owner party_id, before import_id) many import_row
-- Imports of somebody, newest first.
SELECT id, owner, person, kind, format, name, state, charset, separator, mapping, size, place, line, records, made,
       changed, same, refused, faults, stayed, batches, refusal, at, moved
FROM core_import WHERE owner = :owner AND id < :before ORDER BY id DESC LIMIT 21;

-- import_store takes import_row nothing
-- What became of an import.
UPDATE core_import SET person = :person, kind = :kind, format = :format, name = :name, state = :state, charset = :charset,
    separator = :separator, mapping = :mapping, size = :size, place = :place, line = :line, records = :records,
    made = :made, changed = :changed, same = :same, refused = :refused, faults = :faults, stayed = :stayed,
    batches = :batches, refusal = :refusal, at = :at, moved = :moved
WHERE id = :id AND owner = :owner;

-- imports_waiting(at instant) many import_hit
-- Jobs of imports that are due later.
SELECT subject AS id FROM core_job WHERE lane = 'slow' AND state = 'waiting' AND due > :at AND kind = 'core.import'
LIMIT 1;

-- imports_hurry(at instant) nothing
-- They are due now.
UPDATE core_job SET due = :at WHERE lane = 'slow' AND state = 'waiting' AND due > :at AND kind = 'core.import';

-- import_faults_insert(rows text) nothing
-- Keeps errors.
-- on sqlite
INSERT INTO core_import_fault (import, number, line, field, rule, value)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(:rows);
-- on postgresql
INSERT INTO core_import_fault (import, number, line, field, rule, value)
SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), value ->> 3, value ->> 4,
       value ->> 5
FROM json_array_elements(CAST(:rows AS json)) AS r(value);

-- import_faults_drop(import import_id) nothing
-- They are looked for anew.
DELETE FROM core_import_fault WHERE import = :import;

-- import_faults(import import_id, after integer) many import_fault_row
-- Errors of an import.
SELECT import, number, line, field, rule, value FROM core_import_fault
WHERE import = :import AND number > :after ORDER BY number LIMIT 101;

-- import_batch_insert takes import_batch_row nothing
-- A write of an import.
INSERT INTO core_import_batch (import, number, first, last) VALUES (:import, :number, :first, :last);

-- import_batch_last(import import_id) one import_batch_row
-- The newest write of an import that is still there.
SELECT import, number, first, last FROM core_import_batch WHERE import = :import ORDER BY number DESC LIMIT 1;

-- import_batch_over(import import_id, number integer) nothing
-- It is taken back.
DELETE FROM core_import_batch WHERE import = :import AND number = :number;

-- import_column_find(owner party_id, kind text, header text) one import_column_row
-- What a column was last said to be.
SELECT owner, kind, header, field FROM core_import_column
WHERE owner = :owner AND kind = :kind AND header = :header;

-- import_column_keep takes import_column_row nothing
-- Remembers it.
INSERT INTO core_import_column (owner, kind, header, field) VALUES (:owner, :kind, :header, :field)
ON CONFLICT (owner, kind, header) DO UPDATE SET field = :field;
