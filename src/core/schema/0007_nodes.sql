-- Numbers that processes put into the ids they make, each leased to one process at a time.
CREATE TABLE core_node (
    number           KEY,                        -- 0 to 1,023
    holder           WORDS NOT NULL,             -- host, process and chance
    serving          FLAG NOT NULL,              -- 1: it answers requests
    until            INSTANT NOT NULL,           -- by the database's clock, then others may take it; 0: given back
    through          INSTANT NOT NULL            -- no id of this number is made for a later moment
);
CREATE INDEX core_node_until ON core_node (until, number);
