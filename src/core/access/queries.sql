-- access_mail_of(person party_id) one access_mail
-- The address of a person, once they have confirmed it.
SELECT mail FROM core_login WHERE person = :person AND confirmed > 0;

-- access_confirmed(mail text) one access_holder
-- Whose confirmed address it is.
SELECT person AS party, '' AS mail FROM core_login WHERE mail = :mail AND confirmed > 0;

-- access_customer(business party_id, reference text) one access_holder
-- Who a customer of a business is here.
SELECT COALESCE(party, 0) AS party, mail FROM core_customer WHERE business = :business AND reference = :reference;

-- access_customer_of(business party_id, id customer_id) one access_holder
-- The same by our id of the customer.
SELECT COALESCE(party, 0) AS party, mail FROM core_customer WHERE business = :business AND id = :id;
