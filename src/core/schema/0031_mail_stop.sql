-- Mails that a person may not want say where they are stopped by one click (RFC 8058).

ALTER TABLE core_mail ADD COLUMN stop TEXT NOT NULL DEFAULT ''; -- that address; empty: it can't be stopped
