# A business that has a shop already: its program tells of orders, what happened to them, and its old ones come
# as a file. Nothing is taken in before it was looked at, and the whole file can be taken back.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
person vera "Vera Holm"
business nordlicht "Nordlicht Reisen" of maren
business haus "Haus am See" of vera

# Nothing yet: the pages say that this is normal and how orders come.
maren opens /biz/orders
maren sees "No orders yet. That is normal."
maren sees "/api/v1/orders"
maren opens /biz/products
maren sees "No products yet."
maren opens /biz/customers
maren sees "No customers yet."
ines opens /biz/orders 403

# An order, the same again, and with other content.
maren posts /api/v1/orders number=1001 placed=2026-05-30T10:00:00Z customer=7 name=Ada mail=ada@example.org total=20.00 codes=MAY -> 200
maren sees "made"
maren posts /api/v1/orders number=1001 placed=2026-05-30T10:00:00Z customer=7 name=Ada mail=ada@example.org total=20.00 codes=MAY -> 200
maren sees "same"
maren posts /api/v1/orders number=1001 placed=2026-05-30T10:00:00Z customer=7 name=Ada total=25.00 codes=MAY -> 409
maren sees "order.differs"
maren posts /api/v1/orders number=1001 placed=2026-05-30T10:00:00Z updated=2026-05-31 customer=7 total=25.00 codes=MAY -> 200
maren sees "changed"
maren opens /biz/orders
maren sees "1001"
maren sees "Ada"
maren sees "25.00"
maren keeps order ord_
maren opens /biz/orders/{order}
maren sees "MAY"
vera opens /biz/orders/{order} 404
vera opens /biz/orders
vera misses "1001"

# Given back: in part, never above the order, and before the order itself.
maren posts /api/v1/orders/refunds order=1001 number=r1 amount=10.00 note="Too small" -> 200
maren posts /api/v1/orders/refunds order=1001 number=r2 amount=15.01 -> 409
maren sees "refund.too_much"
maren opens /biz/orders/{order}
maren sees "Too small"
maren sees "15.00"
maren posts /api/v1/orders/refunds order=1002 number=r1 amount=5.00 -> 200
maren opens /biz/orders?q=1002
maren sees "Expected"
maren posts /api/v1/orders number=1002 placed=2026-05-31 total=8.00 -> 200
maren opens /biz/orders?q=1002
maren sees "5.00"
maren misses "Expected"
maren posts /api/v1/orders/cancellations order=1002 -> 200
maren opens /biz/orders?q=1002
maren sees "Cancelled"

# A customer is found by mail address, though none is kept.
maren opens /biz/customers?q=ADA@example.org
maren sees "Ada"
maren misses "ada@example.org"
maren asks /api/v1/customers
maren misses "example.org"

# A file: looked at, checked with its errors, taken in, taken back.
maren opens /biz/imports
maren sees "No file was brought yet."
maren posts /biz/imports kind=orders -> 422
maren sees "Choose a file, or paste lines."
maren posts /biz/imports kind=orders text="Order ID;Date;Total;Quantity\x0A5001;2026-01-05;12,50;1\x0A5002;soon;3,00;1\x0A5003;2026-01-06;=1+1;1\x0A5004;2026-01-07;4,00;2\x0A"
maren keeps import imp_
maren opens /biz/imports/{import}
maren sees "Order ID"
maren sees "12,50"
vera opens /biz/imports/{import} 404
maren posts /biz/imports/{import}/run -> 409
maren posts /biz/imports/{import}/check fields=number fields=placed fields=total fields=quantity
later 1 minutes
maren opens /biz/imports/{import}
maren sees "2 records can be taken in."
maren sees "2 have errors and are left out."
maren sees "No date, for example"
maren sees "soon"
maren opens /biz/orders
maren misses "5001"
maren posts /biz/imports/{import}/run
later 1 minutes
maren opens /biz/imports/{import}
maren sees "It was taken in: 2 new"
maren opens /biz/orders
maren sees "5001"
maren asks /api/v1/exports/orders?format=csv
maren sees "5004"
recorded core.import.done by maren 1
vera posts /biz/imports/{import}/undo -> 404
maren posts /biz/imports/{import}/undo
later 1 minutes
maren opens /biz/imports/{import}
maren sees "It was taken back."
maren opens /biz/orders
maren misses "5001"
maren sees "1001"
recorded core.import.undone by maren 1

# Why something may be done with what is known of a customer is kept, and ends; another business sees neither.
maren asks /api/v1/customers?q=7
maren keeps customer cus_
maren posts /api/v1/customers/{customer}/consents what=mail basis=consent source="Box ticked at the checkout" -> 200
maren keeps consent cns_
maren posts /api/v1/customers/{customer}/consents what=mail basis=interest source="Bought twice" -> 409
vera posts /api/v1/customers/{customer}/consents what=mail basis=consent source="None of hers" -> 404
vera posts /api/v1/consents/{consent}/withdraw -> 404
maren posts /api/v1/consents/{consent}/withdraw -> 200
maren posts /api/v1/consents/{consent}/withdraw -> 200
maren asks /api/v1/customers/{customer}/consents
maren sees "Box ticked at the checkout"
maren sees "withdrawn"
recorded core.consent.given by maren 1
recorded core.consent.withdrawn by maren 1
