# Give some, get some: who brings a customer gets a share, the customer credit with their first order. Who has no
# account finds it once they have confirmed the mail address; a refund takes back the same part of both.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
person vera "Vera Holm"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR

# Credit needs rules first: how long it lives.
maren posts /biz/programs title="Give and get" landing=https://shop.example/ percent=10 gift=10.00 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait -> 422
maren sees "how long your credit lives"
maren posts /biz/promises?kind=credit kind=credit days=60 told_days=30 part=100
maren posts /biz/programs title="Give and get" landing=https://shop.example/ percent=10 gift=10.00 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start

# The terms say it in words, with how long it lives.
ines opens /programs/{program}
ines sees "The customer gets 10.00\xC2\xA0EUR of credit."
ines sees "orders so far, with this one: 1"
ines sees "What you are given ends 60 days later"
ines sees "We write to you 30 days before they end."
ines posts /me/programs/{program}/join code=INES

# Somebody with an account has it at once; only with the first order.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=200.00 codes=INES mail=jonas@example.org -> 200
later 1 minutes
books ines earnings is 20.00 held 0.00
jonas opens /me/rewards
jonas sees "10.00\xC2\xA0EUR"
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:20Z total=100.00 codes=INES mail=jonas@example.org -> 200
later 1 minutes
books ines earnings is 30.00 held 0.00
maren asks /biz/promises/holdings?mail=jonas@example.org
maren sees "\x22units\x22:1000"

# A refund takes back the same part from both, also of what was spent already.
maren posts /biz/orders/refunds order=n1 number=r1 amount=50.00 -> 200
later 1 minutes
books ines earnings is 25.00 held 0.00
maren asks /biz/promises/holdings?mail=jonas@example.org
maren sees "\x22units\x22:750"
maren posts /api/v1/promises/spends order=n3 kind=credit mail=jonas@example.org sum=7.50 price=20.00 -> 200
maren keeps spend spn_
maren posts /api/v1/promises/spends/{spend}/take -> 200
maren posts /biz/orders/cancellations order=n1 -> 200
later 1 minutes
books ines earnings is 10.00 held 0.00
maren asks /biz/promises/holdings?mail=jonas@example.org
maren sees "\x22units\x22:-750"

# An order that is cancelled gives back by itself what paid for it, once.
maren posts /biz/orders number=n3 placed=2026-06-01T09:00:23Z total=12.50 mail=jonas@example.org -> 200
maren posts /biz/orders/cancellations order=n3 -> 200
later 1 minutes
maren asks /biz/promises/holdings?mail=jonas@example.org
maren sees "\x22units\x22:0"
maren posts /biz/orders/cancellations order=n3 -> 200
later 1 minutes
maren asks /biz/promises/holdings?mail=jonas@example.org
maren sees "\x22units\x22:0"

# A stranger: nobody writes to them, and it waits for whoever confirms the address. What is given back meanwhile is gone.
maren posts /biz/orders number=n4 placed=2026-06-01T09:00:30Z total=80.00 codes=INES mail=tom@example.org -> 200
maren posts /biz/orders number=n5 placed=2026-06-01T09:00:30Z total=80.00 codes=INES mail=gone@example.org -> 200
later 1 minutes
maren posts /biz/orders/refunds order=n4 number=r2 amount=20.00 -> 200
maren posts /biz/orders/cancellations order=n5 -> 200
later 1 minutes
vera opens /me/gifts
vera sees "Nothing waits for you."
stranger tom
tom posts /sign-up name="Tom Baker" mail=tom@example.org password="bread at five o'clock"
tom opens /me/gifts
tom sees "Confirm your mail address first"
tom posts /me/gifts
tom opens /me/rewards
tom misses "7.50"
tom reads "Confirm your mail address"
tom keeps link /mail/
tom posts {link}
tom opens /me/gifts
tom sees "7.50\xC2\xA0EUR"
tom sees "Nordlicht Reisen"
tom opens /me
tom sees "wait for you"
tom opens /me/data
tom sees ""gifts":[{"business":"Nordlicht Reisen""
tom posts /me/gifts
tom follows
tom sees "7.50\xC2\xA0EUR"
tom opens /me/gifts
tom sees "Nothing waits for you."
tom opens /me/data
tom sees ""gifts":[]"
tom sees ""awards":[{"id":"awd_"
tom sees ""level":0"
tom posts /me/gifts
maren posts /biz/orders/refunds order=n4 number=r3 amount=20.00 -> 200
later 1 minutes
tom opens /me/rewards
tom sees "5.00\xC2\xA0EUR"
tom keeps mine acc_
tom opens /me/rewards/{mine}
tom sees "Taken back by Nordlicht Reisen"

# It ends by its rules, after a mail said so once.
later 29 days
later 2 days
tom reads "5.00\xC2\xA0EUR of credit at Nordlicht Reisen end on 31 July 2026"
later 29 days
later 2 days
tom signs in
tom opens /me/rewards
tom sees "0.00\xC2\xA0EUR"
