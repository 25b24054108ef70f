# A shop lets its customers pay with points and credit: it asks what they have, reserves for an order, uses it
# when the order is placed, gives it back after a refund. Two at once never use more than there is.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person clem "Clem Aubert"
person maren "Maren Voss"
person vera "Vera Holm"
business nordlicht "Nordlicht Reisen" of maren
business haus "Haus am See" of vera

maren opens /biz/promises/spends
maren sees "Nothing was paid with points or credit yet."
maren posts /biz/promises?kind=points kind=points per=100 worth=1.00 least=50 part=50 days=20 told_days=10
maren posts /biz/promises/grants kind=points mail=ines@example.org units=1000 note="For your review"
maren posts /api/v1/customers number=7 name=Inés mail=ines@example.org -> 200

# By mail address or by the shop's number of the customer; of strangers nothing can be learnt.
maren asks /biz/promises/holdings?mail=ines@example.org
maren sees "\x22free\x22:1000"
maren sees "\x22units\x22:1000,\x22amount\x22:\x221,000 points\x22"
maren asks /biz/promises/holdings?customer=7
maren sees "\x22free\x22:1000"
maren asks /biz/promises/holdings?customer=8
maren sees "held\x22:[]"
maren asks /biz/promises/holdings?mail=clem@example.org
maren sees "held\x22:[]"
maren asks /biz/promises/holdings?mail=nobody@example.org
maren sees "held\x22:[]"
vera asks /biz/promises/holdings?mail=ines@example.org
vera sees "held\x22:[]"
maren asks /biz/promises/holdings 422

# Reserved once for an order, however often the shop asks; the rest can be used for others.
maren posts /api/v1/promises/spends order=n1 kind=points customer=7 units=49 price=20.00 -> 409
maren sees "promise.too_few"
maren posts /api/v1/promises/spends order=n1 kind=points customer=7 units=600 price=11.99 -> 409
maren sees "promise.too_much"
maren posts /api/v1/promises/spends order=n1 kind=points customer=7 units=600 price=20.00 -> 200
maren sees "\x22state\x22:\x22held\x22"
maren sees "\x22pays\x22:{\x22minor\x22:600"
maren keeps first spn_
maren posts /api/v1/promises/spends order=n1 kind=points mail=ines@example.org units=600 price=20.00 -> 200
ines opens /me/data
ines sees ""spends":[{"id":"spn_"
ines sees ""number":"n1""
maren sees "{first}"
maren posts /api/v1/promises/spends order=n1 kind=points customer=7 units=601 price=20.00 -> 409
maren sees "spend.differs"
maren posts /api/v1/promises/spends order=n2 kind=points customer=7 units=500 price=20.00 -> 402
maren sees "ledger.not_enough"
maren posts /api/v1/promises/spends order=n2 kind=points customer=7 units=400 price=20.00 hours=1 -> 200
maren keeps second spn_
maren posts /api/v1/promises/spends order=n3 kind=points mail=clem@example.org units=400 price=20.00 -> 422
maren posts /api/v1/promises/spends order=n3 kind=tickets customer=7 units=1 price=20.00 -> 422
vera posts /api/v1/promises/spends/{first}/take -> 404
vera posts /api/v1/promises/spends/{first}/release -> 404
ines opens /me/rewards
ines sees "Of these 1,000 points are reserved for an order"

# One is used, but for a part of it: the rest is free again. The other is let go by itself after its hour.
maren posts /api/v1/promises/spends/{first}/take units=601 -> 409
maren posts /api/v1/promises/spends/{first}/take units=500 note="Weekend in Kiel" -> 200
maren sees "\x22state\x22:\x22taken\x22"
maren sees "\x22paid\x22:{\x22minor\x22:500"
maren posts /api/v1/promises/spends/{first}/take units=500 -> 200
maren posts /api/v1/promises/spends/{first}/take units=600 -> 409
maren posts /api/v1/promises/spends/{first}/release -> 409
maren asks /biz/promises/holdings?customer=7
maren sees "\x22units\x22:500,\x22reserved\x22:400,\x22free\x22:100"
later 2 hours
maren asks /biz/promises/holdings?customer=7
maren sees "\x22units\x22:500,\x22reserved\x22:0,\x22free\x22:500"
maren posts /api/v1/promises/spends/{second}/take -> 409
maren posts /api/v1/promises/spends/{second}/release -> 200
maren opens /biz/promises/spends
maren sees "Let go"
maren sees "n1"
maren sees "5.00\xC2\xA0EUR"
vera opens /biz/promises/spends
vera misses "n1"

# A refund gives a part back, said as so much in all, so that the same told again changes nothing.
maren posts /api/v1/promises/spends/{first}/return units=200 note="Half the way" -> 200
maren sees "\x22back\x22:200"
maren posts /api/v1/promises/spends/{first}/return units=200 -> 200
maren posts /api/v1/promises/spends/{first}/return units=501 -> 409
maren asks /biz/promises/holdings?customer=7
maren sees "\x22free\x22:700"
maren opens /biz/promises
maren sees "Used by Inés Otero"
maren sees "Given back to Inés Otero"
ines opens /me/rewards
ines sees "700 points"
ines keeps mine acc_
ines opens /me/rewards/{mine}
ines sees "“Weekend in Kiel”"
ines sees "“Half the way”"
maren posts /api/v1/promises/spends/{first}/return -> 200
maren sees "\x22back\x22:500"
maren asks /biz/promises/spends?order=n1
maren sees "\x22paid\x22:{\x22minor\x22:0"

# What is reserved does not end; what is free ends by the rules, after a mail said so.
maren posts /api/v1/promises/spends order=n4 kind=points customer=7 units=300 price=20.00 hours=720 -> 200
maren keeps fourth spn_
later 11 days
ines reads "1,000 points at Nordlicht Reisen end on 21 June 2026"
later 10 days
maren asks /biz/promises/holdings?customer=7
maren sees "\x22free\x22:0"
maren posts /api/v1/promises/spends/{fourth}/take -> 200
maren sees "\x22paid\x22:{\x22minor\x22:300"

# Credit is money at its business.
maren posts /biz/promises?kind=credit kind=credit days=0 told_days=0 part=100
maren posts /biz/promises/grants kind=credit mail=clem@example.org sum=5.00
maren posts /api/v1/promises/spends order=n5 kind=credit mail=clem@example.org sum=5.01 price=9.00 -> 402
maren posts /api/v1/promises/spends order=n5 kind=credit mail=clem@example.org sum=5.00 price=9.00 -> 200
maren keeps fifth spn_
maren posts /api/v1/promises/spends/{fifth}/take -> 200
maren posts /api/v1/promises/spends/{fifth}/return sum=1.50 -> 200
clem opens /me/rewards
clem sees "1.50\xC2\xA0EUR"
