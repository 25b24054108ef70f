-- What a person ordered anywhere, found by the mark of their mail address.

CREATE INDEX core_customer_everywhere ON core_customer (mail, id) WHERE mail <> '';
