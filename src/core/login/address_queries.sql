-- address_link_insert takes address_link_new nothing
-- A mailed link about an address.
INSERT INTO core_link (secret, person, purpose, until, mail)
VALUES (:secret, :person, :purpose, :until, :mail);

-- address_link_find(secret text, purpose link_purpose, at instant) one address_link
-- A link about an address that is still good.
SELECT k.person, p.name, k.mail, l.mail AS present, l.confirmed, k.until
FROM core_link k JOIN core_party p ON p.id = k.person JOIN core_login l ON l.person = k.person
WHERE k.secret = :secret AND k.purpose = :purpose AND k.used = 0 AND k.until > :at
  AND p.suspended = 0;

-- address_links_since(person party_id, purpose link_purpose, after instant) one link_count
-- How many links of a kind, used or not, were made for a person so lately that they end after a moment.
SELECT COUNT(*) AS links FROM core_link WHERE person = :person AND purpose = :purpose AND until > :after;

-- address_links_end_later(person party_id, purpose link_purpose, after instant, at instant) nothing
-- A person's links of a kind that were made after another are no longer good.
UPDATE core_link SET used = :at
WHERE person = :person AND purpose = :purpose AND until > :after AND used = 0;

-- address_reserved(mail text, at instant) one party_hit
-- Whether an address is kept for whom it was taken from and who may still want it back.
SELECT person AS id FROM core_link
WHERE mail = :mail AND until > :at AND purpose = 'undo' AND used = 0 LIMIT 1;

-- address_confirm_now(person party_id, at instant) nothing
-- The person has read a mail at their address.
UPDATE core_login SET confirmed = :at WHERE person = :person AND confirmed = 0;

-- address_set(person party_id, mail text, at instant) nothing
-- They sign in with another address from now on, at which they have read a mail.
UPDATE core_login SET mail = :mail, confirmed = :at WHERE person = :person;

-- address_no_password(person party_id) nothing
-- No password is right any more.
UPDATE core_login SET password = '' WHERE person = :person;

-- address_passkeys_since(person party_id, since instant) nothing
-- Removes a person's passkeys of after a moment.
DELETE FROM core_passkey WHERE person = :person AND made >= :since;
