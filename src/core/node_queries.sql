-- node_free() one node_row
-- A number that nobody holds any more.
-- on sqlite
SELECT number, through FROM core_node WHERE until < CAST(strftime('%s', 'now') AS INTEGER) * 1000
ORDER BY until, number LIMIT 1;
-- on postgresql
SELECT number, through FROM core_node
WHERE until < CAST(extract(epoch FROM statement_timestamp()) * 1000 AS bigint)
ORDER BY until, number LIMIT 1;

-- node_unused() one node_unused_row
-- The lowest number that nobody ever held.
SELECT COALESCE(MAX(number), -1) + 1 AS number FROM core_node;

-- node_take(number integer, holder text, lease integer, through instant) one node_row
-- Takes a number that is not held; no row: another was faster.
-- on sqlite
INSERT INTO core_node (number, holder, serving, until, through)
VALUES (:number, :holder, 0, CAST(strftime('%s', 'now') AS INTEGER) * 1000 + :lease, :through)
ON CONFLICT (number) DO UPDATE SET holder = excluded.holder, serving = 0, until = excluded.until, through = excluded.through
WHERE core_node.until < CAST(strftime('%s', 'now') AS INTEGER) * 1000
RETURNING number, through;
-- on postgresql
INSERT INTO core_node (number, holder, serving, until, through)
VALUES (:number, :holder, 0, CAST(extract(epoch FROM statement_timestamp()) * 1000 AS bigint) + :lease, :through)
ON CONFLICT (number) DO UPDATE SET holder = excluded.holder, serving = 0, until = excluded.until, through = excluded.through
WHERE core_node.until < CAST(extract(epoch FROM statement_timestamp()) * 1000 AS bigint)
RETURNING number, through;

-- node_renew(number integer, holder text, serving flag, lease integer, through instant) one node_row
-- Holds a number for longer; no row: another holds it now.
-- on sqlite
UPDATE core_node SET serving = :serving, until = CAST(strftime('%s', 'now') AS INTEGER) * 1000 + :lease, through = :through
WHERE number = :number AND holder = :holder
RETURNING number, through;
-- on postgresql
UPDATE core_node SET serving = :serving,
    until = CAST(extract(epoch FROM statement_timestamp()) * 1000 AS bigint) + :lease, through = :through
WHERE number = :number AND holder = :holder
RETURNING number, through;

-- node_give_back(number integer, holder text, through instant) nothing
-- Others may take it at once.
UPDATE core_node SET serving = 0, until = 0, through = :through WHERE number = :number AND holder = :holder;

-- nodes_serving() one node_count
-- How many processes answer requests.
-- on sqlite
SELECT count(*) AS serving FROM core_node
WHERE until >= CAST(strftime('%s', 'now') AS INTEGER) * 1000 AND serving = 1;
-- on postgresql
SELECT count(*) AS serving FROM core_node
WHERE until >= CAST(extract(epoch FROM statement_timestamp()) * 1000 AS bigint) AND serving = 1;
