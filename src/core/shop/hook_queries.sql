-- connection_insert takes connection_row nothing
-- A shop is connected.
INSERT INTO core_connection (id, business, kind, name, secret, since, ended, taken, refused, last, problem)
VALUES (:id, :business, :kind, :name, :secret, :since, :ended, :taken, :refused, :last, :problem);

-- connection_by_id(id connection_id) one connection_row
-- A connection.
SELECT id, business, kind, name, secret, since, ended, taken, refused, last, problem FROM core_connection WHERE id = :id;

-- connections_of(business party_id) many connection_row
-- Connections of a business, newest first.
SELECT id, business, kind, name, secret, since, ended, taken, refused, last, problem FROM core_connection
WHERE business = :business ORDER BY id DESC LIMIT 50;

-- connection_end(id connection_id, business party_id, at instant) one connection_hit
-- Nothing is taken from it any more.
UPDATE core_connection SET ended = :at WHERE id = :id AND business = :business AND ended = 0 RETURNING id;

-- connection_count(id connection_id, taken integer, refused integer, at instant, problem text) nothing
-- A call came.
UPDATE core_connection SET taken = taken + :taken, refused = refused + :refused, last = :at,
    problem = CASE WHEN :refused > 0 THEN :problem ELSE problem END
WHERE id = :id;
