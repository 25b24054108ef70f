# Files that tools/statements.c must refuse, each with the place and the words. Sourced by run.sh;
# the types are those of src/good.h from good.sh.

bad_sql "text without a name line" 'src/queries.sql:3: this text has no name line' <<'END'
-- What the photo page shows.

SELECT id FROM photo;
END
bad_sql "name line of another form" 'src/queries.sql:1: expected "-- NAME(PARAMETERS) GIVES"' <<'END'
-- photo_all gives many photo_row
-- All of them.
SELECT id FROM photo;
END
bad_sql "no description" 'src/queries.sql:1: photo_all has no description' <<'END'
-- photo_all() many photo_row
SELECT id FROM photo;
END
bad_sql "gives something else" 'src/queries.sql:1: expected "one ROW", "many ROW" or' <<'END'
-- photo_all() all photo_row
-- All of them.
SELECT id FROM photo;
END
bad_sql "unknown row" 'src/queries.sql:1: photo_all: there is no shape named photo_line' <<'END'
-- photo_all() many photo_line
-- All of them.
SELECT id FROM photo;
END
bad_sql "row that holds a list" 'src/queries.sql:1: photo_all: photo_card.body is nothing' <<'END'
-- photo_all() many photo_card
-- All of them.
SELECT id FROM photo;
END
bad_sql "unknown parameter type" 'src/queries.sql:1: photo_by_id: no parameter has the type int' <<'END'
-- photo_by_id(photo int) one photo_row
-- One of them.
SELECT id FROM photo WHERE id = :photo;
END
bad_sql "unknown shape to take" 'src/queries.sql:1: photo_by_id: there is no shape named ask' <<'END'
-- photo_by_id takes ask gives one photo_row
-- One of them.
SELECT id FROM photo WHERE id = :photo;
END
bad_sql "unknown parameter" 'src/queries.sql:4: photo_by_id takes no :foto' <<'END'
-- photo_by_id(photo photo_id) one photo_row
-- One of them.
SELECT id FROM photo
WHERE id = :photo OR id = :foto;
END
bad_sql "parameter never used" 'src/queries.sql:3: photo_by_id never uses :state' <<'END'
-- photo_by_id(photo photo_id, state photo_state) one photo_row
-- One of them.
SELECT id FROM photo WHERE id = :photo;
END
bad_sql "half of a money parameter" 'src/queries.sql:3: photo_price never uses :price_currency' <<'END'
-- photo_price(price money) nothing
-- Sets it.
UPDATE photo SET price_minor = :price_minor;
END
bad_sql "money parameter as one" 'src/queries.sql:3: photo_price takes no :price' <<'END'
-- photo_price(price money) nothing
-- Sets it.
UPDATE photo SET price_minor = :price;
END
bad_sql "parameter that one engine never uses" 'src/queries.sql:6: photo_hide never uses :photo' <<'END'
-- photo_hide(photo photo_id) nothing
-- Hides it.
-- on sqlite
UPDATE photo SET hidden = 1 WHERE id = :photo;
-- on postgresql
UPDATE photo SET hidden = 1;
END
bad_sql "parameter named twice" 'src/queries.sql:1: photo_by_id: a second parameter named a' <<'END'
-- photo_by_id(a integer, a text) one photo_row
-- One of them.
SELECT id FROM photo WHERE id = :a;
END
bad_sql "parameter named like an argument" 'src/queries.sql:1: photo_by_id: no parameter can be' <<'END'
-- photo_by_id(memory integer) one photo_row
-- One of them.
SELECT id FROM photo WHERE id = :memory;
END
bad_sql "statement named twice" 'src/queries.sql:5: photo_all is a statement already, at src' <<'END'
-- photo_all() many photo_row
-- All of them.
SELECT id FROM photo;

-- photo_all() many photo_row
-- All of them.
SELECT id FROM photo;
END
bad_sql "parameter by question mark" 'src/queries.sql:3: "?": parameters are written :name' <<'END'
-- photo_by_id(photo photo_id) one photo_row
-- One of them.
SELECT id FROM photo WHERE id = ?;
END
bad_sql "parameter by number" 'src/queries.sql:3: "$": parameters are written :name' <<'END'
-- photo_by_id(photo photo_id) one photo_row
-- One of them.
SELECT id FROM photo WHERE id = $1;
END
bad_sql "parameter by at sign" 'src/queries.sql:3: "@": parameters are written :name' <<'END'
-- photo_by_id(photo photo_id) one photo_row
-- One of them.
SELECT id FROM photo WHERE id = @photo;
END
bad_sql "parameter within quotes" 'src/queries.sql:3: :words stands inside quotes' <<'END'
-- photo_search(words text) many photo_row
-- Photos with some words.
SELECT id FROM photo WHERE title LIKE '%:words%' OR title = :words;
END
bad_sql "concatenated parameter" 'src/queries.sql:3: :words is concatenated' <<'END'
-- photo_search(words text) many photo_row
-- Photos with some words.
SELECT id FROM photo WHERE title LIKE '%' || :words;
END
bad_sql "parameter that something is added to" 'src/queries.sql:4: :words is concatenated' <<'END'
-- photo_search(words text) many photo_row
-- Photos with some words.
SELECT id FROM photo WHERE title LIKE :words
    || '%';
END
bad_sql "no semicolon" 'src/queries.sql:3: the text does not end with a semicolon' <<'END'
-- photo_all() many photo_row
-- All of them.
SELECT id FROM photo
END
bad_sql "semicolon missing before the next" 'src/queries.sql:3: a text has no blank line within' <<'END'
-- photo_all() many photo_row
-- All of them.
SELECT id FROM photo

-- photo_count() one photo_row
-- How many.
SELECT count(*) AS id FROM photo;
END
bad_sql "two statements in a text" 'src/queries.sql:3: one statement a text' <<'END'
-- photo_all() many photo_row
-- All of them.
SELECT id FROM photo; DELETE FROM photo;
END
bad_sql "data definition" 'src/queries.sql:3: a statement begins with SELECT, INSERT' <<'END'
-- photo_drop() nothing
-- Away with it.
DROP TABLE photo;
END
bad_sql "variant for one engine only" 'src/queries.sql:1: photo_all has no text for postgresql' <<'END'
-- photo_all() many photo_row
-- All of them.
-- on sqlite
SELECT id FROM photo;
END
bad_sql "variant given twice" 'src/queries.sql:5: photo_all has a text for this engine already' <<'END'
-- photo_all() many photo_row
-- All of them.
-- on sqlite
SELECT id FROM photo;
-- on sqlite
SELECT id FROM photo;
END
bad_sql "variant beside a common text" 'src/queries.sql:4: photo_all has a text for this' <<'END'
-- photo_all() many photo_row
-- All of them.
SELECT id FROM photo;
-- on postgresql
SELECT id FROM photo;
END
bad_sql "writes on one engine only" 'src/queries.sql:1: photo_take writes on one engine only' <<'END'
-- photo_take() one photo_row
-- Takes one.
-- on sqlite
SELECT id FROM photo;
-- on postgresql
WITH taken AS (DELETE FROM photo RETURNING id) SELECT id FROM taken;
END
bad_sql "literal that never ends" 'src/queries.sql:3: this literal never ends' <<'END'
-- photo_all() many photo_row
-- All of them.
SELECT id FROM photo WHERE title = 'it;
END
bad_sql "flow of a table without a state" 'src/queries.sql:1: expected "-- flow TABLE(state)"' <<'END'
-- flow photo(moved)
END
bad_sql "flow with a text" 'src/queries.sql:2: text below a flow line' <<'END'
-- flow photo(state)
SELECT state FROM photo;
END
