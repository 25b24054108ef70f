-- People bring files, too: an import is for a business or for a person.
ALTER TABLE core_import RENAME COLUMN business TO owner;
ALTER TABLE core_import_column RENAME COLUMN business TO owner;
