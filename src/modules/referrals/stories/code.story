# A code at the till: no link, no cookie. What it takes off, for whom it counts, and how often.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person lea "Lea Sommer"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES
ines follows
ines keeps part rpt_

# Made by the business, given to a partner. Percent or a sum, one of them.
maren posts /biz/programs/{program}/codes code=SUMMER percent=20 off=5.00 -> 422
maren sees "and only one of them"
maren posts /biz/programs/{program}/codes code=SUMMER -> 422
maren posts /biz/programs/{program}/codes code=SUMMER percent=20 least=50.00 partner=NOBODY -> 422
maren posts /biz/programs/{program}/codes code=SUMMER percent=20 least=50.00 partner=ines uses=2 uses_each=1 until=2026-07-01
maren follows
maren sees "SUMMER"
maren sees "counts for Inés Otero"
maren sees "0 of 2"
maren keeps coupon cpn_

# Codes that look alike are one, whatever they are for.
maren posts /biz/programs/{program}/codes code=summer percent=10 -> 422
maren sees "Choose another"
maren posts /biz/programs/{program}/codes code=1nes percent=10 -> 422
lea posts /me/programs/{program}/join code=Summer -> 422
lea posts /biz/programs/{program}/codes code=MINE percent=10 -> 403
lea asks /biz/programs/till/SUMMER?sum=60.00 403

# The till asks first.
maren asks /biz/programs/till/summer?sum=60.00&mail=buyer@example.net
maren sees "This code takes something off."
maren sees "1200"
maren asks /biz/programs/till/SUMMER?sum=60.00
maren sees "needs_buyer"
maren asks /biz/programs/till/SUMMER?sum=40.00&mail=buyer@example.net
maren sees "The basket comes to too little for this code."
maren asks /biz/programs/till/NOBODY?sum=60.00
maren sees "There is no such code."
maren asks /biz/programs/till/ines?sum=60.00
maren sees "it says who sent you"

# Orders come with it, by whatever way; nobody followed a link.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=80.00 discount=20.00 codes=summer mail=buyer@example.net -> 200
later 1 minutes
books ines earnings is 8.00 held 0.00
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:11Z total=80.00 codes=SUMMER mail=Buyer@example.net -> 200
maren posts /biz/orders number=n3 placed=2026-06-01T09:00:12Z total=50.00 codes=SUMMER mail=other@example.net -> 200
later 1 minutes
books ines earnings is 13.00 held 0.00
maren posts /biz/orders number=n4 placed=2026-06-01T09:00:13Z total=50.00 codes=SUMMER mail=third@example.net -> 200
later 1 minutes
books ines earnings is 13.00 held 0.00
maren opens /biz/programs/{program}/codes
maren sees "2 of 2"
maren sees "2 orders came over its limits"
maren asks /biz/programs/till/SUMMER?sum=60.00&mail=third@example.net
maren sees "used_up"

# Paused and over, with words.
maren posts /biz/programs/{program}/codes code=AUTUMN off=5.00 partner=INES
maren opens /biz/programs/{program}/codes
maren keeps coupon cpn_
maren posts /biz/programs/{program}/codes/{coupon}/pause
maren asks /biz/programs/till/autumn?sum=60.00
maren sees "This code is paused for now."
maren posts /biz/programs/{program}/codes/{coupon}/resume
maren asks /biz/programs/till/AUTUMN?sum=60.00
maren sees "500"
lea posts /biz/programs/{program}/codes/{coupon}/pause -> 403

# Vouchers: made up, used once each, and they count for nobody.
maren posts /biz/programs/{program}/codes count=3 off=10.00
maren opens /biz/programs/{program}/codes
maren sees "0 of 1"
later 29 days
later 2 days
maren signs in
maren asks /biz/programs/till/SUMMER?sum=60.00&mail=third@example.net
maren sees "expired"
