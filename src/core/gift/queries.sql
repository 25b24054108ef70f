-- gift_mail_of(person party_id) one gift_mail
-- The address of a person, once they have confirmed it.
SELECT mail FROM core_login WHERE person = :person AND confirmed > 0;
