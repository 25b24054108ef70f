# A reward is held, becomes the partner's, is paid out, and then a part of the order is given back: every level
# gives back its part, what is not there any more is owed, and the next reward makes it up first.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 percent_2=3 hold_days=14 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start

# Another program of the same business, in which nobody brought anything, hears of each order and refund, too.
maren posts /biz/programs title="Mugs for friends" landing=https://shop.example/ percent=5 hold_days=14 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps other prg_
maren posts /biz/programs/{other}/fund sum=10.00
maren posts /biz/programs/{other}/start

jonas posts /me/programs/{program}/join code=JONAS
jonas follows
jonas keeps above rpt_
ines posts /me/programs/{program}/join by=JONAS code=INES
ines follows
ines keeps part rpt_

# Held: it counts, but can't be paid out.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=300.00 codes=INES -> 200
later 1 minutes
books ines earnings is 30.00 held 30.00
books jonas earnings is 9.00 held 9.00
ines opens /me/programs/{part}
ines sees "Yours for good on"
later 14 days
books ines earnings is 30.00 held 0.00
books jonas earnings is 9.00 held 0.00

# All of it goes to her bank.
ines signs in
maren signs in
ines posts /me/money/account holder="Ines Otero" iban=ES9121000418450200051332
ines posts /me/money/payouts amount=30.00
books ines earnings is 0.00 held 0.00

# A third of the order is given back.
maren posts /biz/orders/refunds order=n1 number=r1 amount=100.00 -> 200
later 1 minutes
books ines earnings is -10.00 held 0.00
books jonas earnings is 6.00 held 0.00
books nordlicht budget is 84.00 held 0.00
ines opens /me/programs/{part}
ines sees "had been paid out to you already"
ines sees "− 10.00 EUR taken back: the customer got that part of the price back"
jonas opens /me/programs/{above}
jonas sees "− 3.00 EUR taken back"
jonas misses "had been paid out"
ines opens /me/money
ines sees "10.00"

# The next reward makes it up before anything is held of it.
maren posts /biz/orders number=n2 placed=2026-06-15T09:00:10Z total=150.00 codes=INES -> 200
later 1 minutes
books ines earnings is 5.00 held 5.00
ines opens /me/programs/{part}
ines misses "had been paid out to you already"
