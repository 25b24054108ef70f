-- Files of orders, products and customers that are taken in, so that each can be taken back as a whole.

-- A file, how it is read, and how far.
CREATE TABLE core_import (
    id               KEY,                        -- imp_; its file lies in DATA/imports under this name
    business         ID NOT NULL REFERENCES core_party (id), -- for whom
    person           ID NOT NULL REFERENCES core_party (id), -- who brought it
    kind             WORDS NOT NULL,             -- import_kind_of
    format           WORDS NOT NULL,             -- import_format
    name             TEXT NOT NULL,              -- what the file was called
    state            WORDS NOT NULL,             -- import_state
    charset          WORDS NOT NULL,             -- import_charset
    separator        WORDS NOT NULL,             -- import_separator, of a CSV
    mapping          TEXT NOT NULL,              -- what each column is, with commas between; of a CSV
    size             NUMBER NOT NULL,            -- bytes, in UTF-8
    place            NUMBER NOT NULL,            -- bytes read so far
    line             NUMBER NOT NULL,            -- lines read so far
    records          NUMBER NOT NULL,            -- orders, products or customers read so far
    made             NUMBER NOT NULL,            -- of these new
    changed          NUMBER NOT NULL,            -- that took the place of an older version
    same             NUMBER NOT NULL,            -- that changed nothing
    refused          NUMBER NOT NULL,            -- that were left out
    faults           NUMBER NOT NULL,            -- errors found; the first 1,000 are kept
    stayed           NUMBER NOT NULL,            -- that were changed since, so that undoing left them
    batches          NUMBER NOT NULL,            -- writes so far
    refusal          WORDS NOT NULL,             -- why none of it can be read; empty: it can
    at               INSTANT NOT NULL,           -- arrived
    moved            INSTANT NOT NULL            -- state last changed
);
CREATE INDEX core_import_recent ON core_import (business, id);

-- What is wrong in a file.
CREATE TABLE core_import_fault (
    import           ID NOT NULL REFERENCES core_import (id), -- which
    number           NUMBER NOT NULL,            -- from 1
    line             NUMBER NOT NULL,            -- where
    field            TEXT NOT NULL,              -- which column; empty: the whole line
    rule             WORDS NOT NULL,             -- text key of the sentence
    value            TEXT NOT NULL,              -- what stands there, its first 80 letters
    PRIMARY KEY (import, number)
);

-- Writes of an import: what they made has an id of the range.
CREATE TABLE core_import_batch (
    import           ID NOT NULL REFERENCES core_import (id), -- which
    number           NUMBER NOT NULL,            -- from 1
    first            ID NOT NULL,                -- no id made by it is smaller
    last             ID NOT NULL,                -- none is greater
    PRIMARY KEY (import, number)
);

-- What the columns of a business's files were last said to be.
CREATE TABLE core_import_column (
    business         ID NOT NULL REFERENCES core_party (id), -- whose files
    kind             WORDS NOT NULL,             -- import_kind_of
    header           WORDS NOT NULL,             -- what the column is called, in lower case
    field            WORDS NOT NULL,             -- what it is; empty: nothing
    PRIMARY KEY (business, kind, header)
);

-- What an order was before an import changed it.
CREATE TABLE core_order_before (
    by_import        ID NOT NULL REFERENCES core_import (id), -- which
    id               ID NOT NULL,                -- of the order; the rest as in core_order
    number           WORDS NOT NULL,             -- as there
    customer         ID,                         -- as there
    state            WORDS NOT NULL,             -- as there
    source           WORDS NOT NULL,             -- as there
    total_minor      MONEY_MINOR NOT NULL,       -- as there
    total_currency   CURRENCY NOT NULL,          -- as there
    discount_minor   MONEY_MINOR NOT NULL,       -- as there
    refunded_minor   MONEY_MINOR NOT NULL,       -- as there
    codes            TEXT NOT NULL,              -- as there
    placed           INSTANT NOT NULL,           -- as there
    updated          INSTANT NOT NULL,           -- as there
    cancelled        INSTANT NOT NULL,           -- as there
    fingerprint      WORDS NOT NULL,             -- as there
    import           ID NOT NULL,                -- as there
    PRIMARY KEY (by_import, id)
);

-- What was in it.
CREATE TABLE core_order_line_before (
    by_import        ID NOT NULL REFERENCES core_import (id), -- which
    of_order         ID NOT NULL,                -- of which order; the rest as in core_order_line
    line             NUMBER NOT NULL,            -- as there
    product          WORDS NOT NULL,             -- as there
    title            TEXT NOT NULL,              -- as there
    quantity         NUMBER NOT NULL,            -- as there
    total_minor      MONEY_MINOR NOT NULL,       -- as there
    discount_minor   MONEY_MINOR NOT NULL,       -- as there
    PRIMARY KEY (by_import, of_order, line)
);

-- What a customer was before.
CREATE TABLE core_customer_before (
    by_import        ID NOT NULL REFERENCES core_import (id), -- which
    id               ID NOT NULL,                -- of the customer; the rest as in core_customer
    reference        WORDS NOT NULL,             -- as there
    mail             WORDS NOT NULL,             -- as there
    name             TEXT NOT NULL,              -- as there
    country          WORDS NOT NULL,             -- as there
    party            ID,                         -- as there
    import           ID NOT NULL,                -- as there
    PRIMARY KEY (by_import, id)
);

-- What a product was before.
CREATE TABLE core_product_before (
    by_import        ID NOT NULL REFERENCES core_import (id), -- which
    id               ID NOT NULL,                -- of the product; the rest as in core_product
    number           WORDS NOT NULL,             -- as there
    title            TEXT NOT NULL,              -- as there
    category         TEXT NOT NULL,              -- as there
    price_minor      MONEY_MINOR,                -- as there
    price_currency   CURRENCY,                   -- as there
    link             WORDS NOT NULL,             -- as there
    picture          WORDS NOT NULL,             -- as there
    updated          INSTANT NOT NULL,           -- as there
    import           ID NOT NULL,                -- as there
    PRIMARY KEY (by_import, id)
);
