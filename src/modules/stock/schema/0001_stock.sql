-- Photographs, collections and the licences bought.

-- A photograph or clip that a person offers.
CREATE TABLE stock_photo (
    id                KEY,                       -- pho_
    author            ID NOT NULL,               -- pty_ of the person
    media             WORDS NOT NULL,            -- hash of the file
    file              TEXT NOT NULL,             -- what their computer called it
    state             WORDS NOT NULL,            -- stock_photo_state
    title             TEXT NOT NULL,             -- what they call it; empty while a draft
    description       TEXT NOT NULL,             -- a few sentences
    tags              TEXT NOT NULL,             -- words, separated by ", "
    category          WORDS NOT NULL,            -- stock_category
    shape             WORDS NOT NULL,            -- stock_form: wide, upright, square
    colour            WORDS NOT NULL,            -- media_colour, the main one
    width             NUMBER NOT NULL,           -- pixels
    height            NUMBER NOT NULL,           -- pixels
    clip              FLAG NOT NULL,             -- 1: moves
    standard_minor    MONEY_MINOR NOT NULL,      -- list price of a standard licence; 0: not offered
    extended_minor    MONEY_MINOR NOT NULL,      -- of an extended licence; 0: not offered
    editorial_minor   MONEY_MINOR NOT NULL,      -- of an editorial licence; 0: not offered
    buyout_minor      MONEY_MINOR NOT NULL,      -- of all rights; 0: not offered
    from_minor        MONEY_MINOR NOT NULL,      -- the lowest of these above 0
    currency          CURRENCY NOT NULL,         -- of all of them
    reason            WORDS NOT NULL DEFAULT '', -- stock_reason of the last refusal
    like_photo        ID,                        -- the photograph it resembles
    like_points       NUMBER NOT NULL DEFAULT 0, -- of 64 points that agree with it
    reviewer          ID NOT NULL DEFAULT 0,     -- who decided last; an appeal goes to another
    licences          NUMBER NOT NULL DEFAULT 0, -- how many were bought
    at                INSTANT NOT NULL,          -- came
    moved             INSTANT NOT NULL,          -- state last changed
    CHECK (standard_minor >= 0 AND extended_minor >= 0 AND editorial_minor >= 0 AND buyout_minor >= 0)
);
CREATE INDEX stock_photo_state ON stock_photo (state, id);
CREATE INDEX stock_photo_author ON stock_photo (author, id);
CREATE INDEX stock_photo_waiting ON stock_photo (state, moved);
CREATE UNIQUE INDEX stock_photo_once ON stock_photo (author, media);

-- The four 16-bit bands of each perceptual hash (multi-index hashing, Norouzi et al. 2012): of
-- two hashes within 7 points, one band at least differs by no more than one point.
CREATE TABLE stock_likeness (
    band              NUMBER NOT NULL,           -- band number x 65536 + its 16 bits
    photo             ID NOT NULL,               -- pho_
    likeness          NUMBER NOT NULL,           -- all 64 bits
    PRIMARY KEY (band, photo)
);

-- A file that arrived and waits to be looked at in the sandbox, or was refused there.
CREATE TABLE stock_arrival (
    id                KEY,                       -- arr_
    person            ID NOT NULL,               -- pty_ who sent it
    file              TEXT NOT NULL,             -- what their computer called it
    size              NUMBER NOT NULL,           -- bytes
    photo             ID,                        -- what became of it; NULL: nothing yet, or refused
    problem           WORDS NOT NULL DEFAULT '', -- name of the problem; empty: none
    at                INSTANT NOT NULL           -- came
);
CREATE INDEX stock_arrival_person ON stock_arrival (person, id);

-- A person's own collection.
CREATE TABLE stock_collection (
    id                KEY,                       -- col_
    owner             ID NOT NULL,               -- pty_ of the person or organisation
    title             TEXT NOT NULL,             -- its name
    about             TEXT NOT NULL,             -- a few sentences
    at                INSTANT NOT NULL           -- begun
);
CREATE INDEX stock_collection_owner ON stock_collection (owner, id);
-- What lies in which collection.
CREATE TABLE stock_collected (
    collection        ID NOT NULL REFERENCES stock_collection (id), -- which collection
    photo             ID NOT NULL REFERENCES stock_photo (id),      -- which photograph
    at                INSTANT NOT NULL,          -- put in
    PRIMARY KEY (collection, photo)
);
CREATE INDEX stock_collected_photo ON stock_collected (photo);

-- What a deal about a photograph is about, beyond core_deal.
CREATE TABLE stock_deal (
    deal              KEY,                       -- del_
    photo             ID NOT NULL REFERENCES stock_photo (id), -- which photograph
    licence           WORDS NOT NULL,            -- stock_licence_kind
    asked_minor       MONEY_MINOR NOT NULL,      -- list price when it began
    hold              ID NOT NULL,               -- hld_ with the buyer's money
    person            ID NOT NULL,               -- pty_ of the member who acts for the buyer
    terms             WORDS NOT NULL             -- hash of the terms the buyer agreed to
);
CREATE INDEX stock_deal_photo ON stock_deal (photo, deal);

-- A licence that was bought: the facts behind each sum, as they were.
CREATE TABLE stock_licence (
    id                KEY,                       -- lic_
    deal              ID NOT NULL,               -- del_
    photo             ID NOT NULL REFERENCES stock_photo (id), -- which photograph
    author            ID NOT NULL,               -- pty_ who is paid
    holder            ID NOT NULL,               -- pty_ of the organisation that may use it
    person            ID NOT NULL,               -- pty_ of the member who bought
    kind              WORDS NOT NULL,            -- stock_licence_kind
    price_minor       MONEY_MINOR NOT NULL,      -- paid
    price_currency    CURRENCY NOT NULL,         -- of all sums here
    level             NUMBER NOT NULL,           -- royalty level, from 1
    counted           NUMBER NOT NULL,           -- licences in the twelve months before
    rate              NUMBER NOT NULL,           -- share in basis points
    share_minor       MONEY_MINOR NOT NULL,      -- price x rate
    handling_rate     NUMBER NOT NULL,           -- basis points of the share
    handling_minor    MONEY_MINOR NOT NULL,      -- taken from the share
    earned_minor      MONEY_MINOR NOT NULL,      -- share less handling
    posting           ID NOT NULL,               -- pst_ with the transfers
    rights            ID NOT NULL,               -- rgt_ that passed
    terms             WORDS NOT NULL,            -- hash of the terms agreed to
    copy              WORDS NOT NULL DEFAULT '', -- hash of the copy with credit written in; empty until made
    copy_format       WORDS,                     -- media_format of it
    at                INSTANT NOT NULL           -- when
);
CREATE INDEX stock_licence_author ON stock_licence (author, at);
CREATE INDEX stock_licence_holder ON stock_licence (holder, id);
CREATE INDEX stock_licence_photo ON stock_licence (photo, id);
CREATE INDEX stock_licence_deal ON stock_licence (deal);

-- A photograph with its author and its file, as most statements want it.
CREATE VIEW stock_photo_shown AS
SELECT s.id, s.author, p.name AS author_name, p.place AS author_place, s.media, s.file, s.state, s.title,
       s.description, s.tags, s.category, s.shape, s.colour, s.width, s.height, s.clip,
       s.standard_minor, s.extended_minor, s.editorial_minor, s.buyout_minor, s.from_minor, s.currency,
       s.reason, s.like_photo, s.like_points, s.reviewer, s.licences,
       m.camera, m.taken, m.size, m.format, m.duration, s.at, s.moved
FROM stock_photo s
JOIN core_party p ON p.id = s.author
JOIN core_media m ON m.hash = s.media;

-- A talk about a licence with its deal.
CREATE VIEW stock_deal_shown AS
SELECT d.id AS deal, d.state, t.photo, t.licence, t.asked_minor, d.price_currency AS asked_currency,
       d.price_minor, d.price_currency, t.hold, d.supplier, d.buyer, t.person, t.terms, d.call, d.at, d.moved
FROM stock_deal t
JOIN core_deal d ON d.id = t.deal;
