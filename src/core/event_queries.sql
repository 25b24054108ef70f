-- event_insert takes event nothing
-- Writes an event; PostgreSQL numbers it by its transaction, ahead by what a restored copy needs. On SQLite its id is the order in which followers
-- read, so it is above all others, also when another process made those, whose clock is ahead.
-- on sqlite
INSERT INTO core_event (id, turn, name, subject, party, note, at)
VALUES (MAX(:id, COALESCE((SELECT MAX(id) FROM core_event), 0) + 1), :turn, :name, :subject, :party, :note, :at);
-- on postgresql
INSERT INTO core_event (id, turn, name, subject, party, note, at)
VALUES (:id, :turn + CAST(CAST(pg_current_xact_id() AS text) AS bigint) + COALESCE((SELECT shift FROM core_turn WHERE id = 1), 0),
        :name, :subject, :party, :note, :at);

-- events_after(turn integer, event event_id, most integer) many event
-- Events after a position, in order, none of which an older running transaction can still precede.
-- SQLite, where every turn is 0, can't seek to a pair that ends with the primary key.
-- on sqlite
SELECT id, turn, name, subject, party, note, at FROM core_event
WHERE id > :event AND turn >= :turn
ORDER BY id LIMIT :most;
-- on postgresql
SELECT id, turn, name, subject, party, note, at FROM core_event
WHERE (turn, id) > (:turn, :event)
  AND turn < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)
      + COALESCE((SELECT shift FROM core_turn WHERE id = 1), 0)
ORDER BY turn, id LIMIT :most;

-- events_held() one event_position_row
-- The newest event that followers can't see yet, since an older transaction runs, in whatever database
-- of the server. On SQLite there is none.
-- on sqlite
SELECT turn, id AS event FROM core_event WHERE id = 0;
-- on postgresql
SELECT turn, id AS event FROM core_event
WHERE turn >= CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)
      + COALESCE((SELECT shift FROM core_turn WHERE id = 1), 0)
ORDER BY turn DESC, id DESC LIMIT 1;

-- event_position(name text) one event_position_row
-- How far a follower has read.
SELECT turn, event FROM core_consumer WHERE name = :name;

-- event_position_set(name text, turn integer, event event_id, old_turn integer, old_event event_id) one event_position_row
-- Moves a follower on from where it was; no row means that another process moved it.
INSERT INTO core_consumer (name, turn, event) VALUES (:name, :turn, :event)
ON CONFLICT (name) DO UPDATE SET turn = excluded.turn, event = excluded.event
WHERE core_consumer.turn = :old_turn AND core_consumer.event = :old_event
RETURNING turn, event;

-- event_failed_insert(consumer text, event event_id, problem text, at instant) nothing
-- Sets an event aside that a follower could not take.
INSERT INTO core_event_failed (consumer, event, problem, at)
VALUES (:consumer, :event, :problem, :at)
ON CONFLICT (consumer, event) DO NOTHING;

-- event_turns_behind() one event_ahead_row
-- By how much this server's transactions are behind the newest turn; no row: they are not.
-- on sqlite
SELECT turn AS shift FROM core_event WHERE id = 0;
-- on postgresql
SELECT newest.turn - CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint) + 1 AS shift
FROM (SELECT GREATEST(COALESCE((SELECT turn FROM core_event ORDER BY turn DESC, id DESC LIMIT 1), 0),
                      COALESCE((SELECT MAX(turn) FROM core_consumer WHERE name > ''), 0)) AS turn) newest
WHERE newest.turn >= CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)
      + COALESCE((SELECT shift FROM core_turn WHERE id = 1), 0);

-- event_turns_shift(shift integer) nothing
-- From now on turns are so far ahead.
INSERT INTO core_turn (id, shift) VALUES (1, :shift)
ON CONFLICT (id) DO UPDATE SET shift = excluded.shift WHERE core_turn.shift < excluded.shift;

-- event_positions_renew() nothing
-- Followers of a database whose turns are about to become 0: behind all that they have read, and before
-- all that they have not.
UPDATE core_consumer SET turn = 0, event = COALESCE(
    (SELECT MIN(e.id) - 1 FROM core_event e WHERE (e.turn, e.id) > (core_consumer.turn, core_consumer.event)),
    (SELECT MAX(e.id) FROM core_event e), event)
WHERE name > '';

-- event_turns_renew() nothing
-- Turns are transactions of the database that the events were written in; in another they mean nothing.
UPDATE core_event SET turn = 0 WHERE turn > 0;

-- event_last() one event_number_row
-- The newest event, also one that followers can't see yet.
SELECT id AS number FROM core_event ORDER BY turn DESC, id DESC LIMIT 1;
