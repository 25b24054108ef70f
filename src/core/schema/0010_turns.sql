-- How far the turns of this database are ahead of its server's transactions (PostgreSQL).

-- One row, once a copy was restored on a server that has counted fewer transactions than the one it came from.
CREATE TABLE core_turn (
    id               KEY,                        -- 1
    shift            NUMBER NOT NULL             -- added to the number of a transaction
);
