-- What a person's own pages look through: their photographs by state, and by when somebody decided.
CREATE INDEX stock_photo_author_state ON stock_photo (author, state, id);
CREATE INDEX stock_photo_author_moved ON stock_photo (author, moved);
