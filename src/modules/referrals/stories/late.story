# What was held for months is given with all its days; what pays only who stands above is told to who brought it, too.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=0.1 percent_2=1 hold_days=30 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
jonas posts /me/programs/{program}/join code=JONAS
ines posts /me/programs/{program}/join by=JONAS code=INES
ines follows
ines keeps part rpt_

# A thousandth of 2.00 EUR is nothing, a hundredth is two cents: it counts, and the page says so.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=2.00 codes=INES mail=a@example.net name="Ann Other" -> 200
later 1 minutes
books ines earnings is 0.00 held 0.00
books jonas earnings is 0.02 held 0.02
ines opens /me/programs/{part}
ines sees "Order of 2.00 EUR"
ines sees "Counted"

# Held by her own name, and let count in September: it may be taken back for thirty days from then on.
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:20Z total=2000.00 codes=INES mail=io@example.net name="Ines Otero" -> 200
later 1 minutes
ines opens /me/programs/{part}
ines keeps doubt dbt_
later 110 days
ines signs in
maren signs in
ines opens /me/programs/{part}
ines misses "can be taken out on"
maren posts /biz/programs/{program}/doubts/{doubt}/pass
books ines earnings is 2.00 held 2.00
ines opens /me/programs/{part}

ines sees "Next 2.00 EUR can be taken out on 19 October 2026."

# A new order is free before it.
maren posts /biz/orders number=n3 placed=2026-09-19T09:05:00Z total=1000.00 codes=INES mail=b@example.net name="Bo Other" -> 200
later 10 days
ines signs in
ines opens /me/programs/{part}
ines sees "3.00 EUR"
later 21 days
ines signs in
ines opens /me/programs/{part}
ines misses "can be taken out on"
ines sees "Yours for good"
books ines earnings is 3.00 held 0.00
