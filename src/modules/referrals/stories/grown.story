# An order to which something is added later pays for the whole, on all levels, also when a part came back before and the first money is paid out.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 percent_2=3 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=30.00
maren posts /biz/programs/{program}/start
jonas posts /me/programs/{program}/join code=JONAS
ines posts /me/programs/{program}/join by=JONAS code=INES
ines follows
ines keeps part rpt_

# 100.00, of which 50.00 is given back, then 120.00 is added: 170.00 are left.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z updated=2026-06-01T09:00:10Z total=100.00 codes=INES mail=a@example.net -> 200
later 1 minutes
books ines earnings is 10.00 held 0.00
maren posts /biz/orders/refunds order=n1 number=r1 amount=50.00 -> 200
later 1 minutes
books ines earnings is 5.00 held 0.00
books jonas earnings is 1.50 held 0.00
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z updated=2026-06-01T10:00:00Z total=220.00 codes=INES mail=a@example.net -> 200
later 1 minutes
books ines earnings is 17.00 held 0.00
books jonas earnings is 5.10 held 0.00
books nordlicht budget is 7.90 held 0.00
ines opens /me/programs/{part}
ines sees "Order of 220.00 EUR"
ines sees "17.00 EUR"
ines sees "− 5.00 EUR taken back: the customer got that part of the price back"

# Told again as it is, nothing changes; less of it takes back in proportion.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z updated=2026-06-01T10:00:00Z total=220.00 codes=INES mail=a@example.net -> 200
maren posts /biz/orders/refunds order=n1 number=r2 amount=70.00 -> 200
later 1 minutes
books ines earnings is 10.00 held 0.00
books jonas earnings is 3.00 held 0.00

# More than the budget has: what there is stays, and the rest comes with the money.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z updated=2026-06-01T11:00:00Z total=420.00 codes=INES mail=a@example.net -> 200
later 1 minutes
books ines earnings is 10.00 held 0.00
books nordlicht budget is 17.00 held 0.00
ines opens /me/programs/{part}
ines sees "It came to more later. What you have for it stays; the rest waits until there is money in the budget."
maren posts /biz/programs/{program}/fund sum=50.00
later 1 minutes
books ines earnings is 30.00 held 0.00
books jonas earnings is 9.00 held 0.00
books nordlicht budget is 41.00 held 0.00

# All of it given back, and told with more once again.
maren posts /biz/orders/refunds order=n1 number=r3 amount=300.00 -> 200
later 1 minutes
books ines earnings is 0.00 held 0.00
books jonas earnings is 0.00 held 0.00
books nordlicht budget is 80.00 held 0.00

# An order that begins empty, as a shop's own people make them, counts once there is something in it.
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:30Z updated=2026-06-01T09:00:30Z total=0.00 codes=INES mail=b@example.net -> 200
later 1 minutes
ines opens /me/programs/{part}
ines sees "Not counted"
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:30Z updated=2026-06-01T12:00:00Z total=80.00 codes=INES mail=b@example.net -> 200
later 1 minutes
books ines earnings is 8.00 held 0.00
books jonas earnings is 2.40 held 0.00

# Told with less and then as before: what was taken off comes again.
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:30Z updated=2026-06-01T13:00:00Z total=40.00 codes=INES mail=b@example.net -> 200
later 1 minutes
books ines earnings is 4.00 held 0.00
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:30Z updated=2026-06-01T14:00:00Z total=80.00 codes=INES mail=b@example.net -> 200
later 1 minutes
books ines earnings is 8.00 held 0.00
books jonas earnings is 2.40 held 0.00
books nordlicht budget is 69.60 held 0.00

# What is held when more is added is given for the whole once it is let count.
maren posts /biz/orders number=n3 placed=2026-06-01T09:00:40Z updated=2026-06-01T09:00:40Z total=50.00 codes=INES mail=io@example.net name="Ines Otero" -> 200
later 1 minutes
ines opens /me/programs/{part}/doubts
ines keeps doubt dbt_
maren posts /biz/orders number=n3 placed=2026-06-01T09:00:40Z updated=2026-06-01T15:00:00Z total=70.00 codes=INES mail=io@example.net name="Ines Otero" -> 200
later 1 minutes
books ines earnings is 8.00 held 0.00
maren posts /biz/programs/{program}/doubts/{doubt}/pass
later 1 minutes
books ines earnings is 15.00 held 0.00
books jonas earnings is 4.50 held 0.00

# What she took out already is made up for by what is given anew; of money with days, all days begin again.
maren posts /biz/programs/{program}/end
maren posts /biz/programs title="Lamps for friends" landing=https://shop.example/ percent=10 hold_days=30 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=40.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=LAMPS
later 20 minutes
ines follows
ines keeps part rpt_
maren posts /biz/orders number=n4 placed=2026-06-01T09:30:00Z updated=2026-06-01T09:30:00Z total=100.00 codes=LAMPS mail=c@example.net -> 200
later 31 days
ines signs in
maren signs in
books ines earnings is 25.00 held 0.00
maren posts /biz/orders number=n4 placed=2026-06-01T09:30:00Z updated=2026-07-01T09:30:00Z total=300.00 codes=LAMPS mail=c@example.net -> 200
later 1 minutes
books ines earnings is 45.00 held 30.00
ines opens /me/programs/{part}
ines sees "Next 30.00 EUR can be taken out on"
ines misses "taken back: the customer"
