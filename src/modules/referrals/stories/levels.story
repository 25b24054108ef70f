# Three levels, a part given back after some was paid out, and who can't earn by themselves.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
person paula "Paula Kern"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR

# A program is a draft that nobody else sees until it is opened; its money comes out of the wallet.
maren posts /biz/programs title="Prints for friends" landing=http://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait -> 422
maren sees "begins with https"
maren posts /biz/programs title="Prints for friends" landing=http://shop.example/ percent=ten action_pay=5.00 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait -> 422
maren sees "begins with https"
maren sees "A percentage from 0 to 100"
maren sees "Say which action it is for."
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 percent_2=3 percent_3=1 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
paula opens /programs
paula misses "Prints for friends"
paula opens /programs/{program} 404
maren posts /biz/programs/{program}/fund sum=900.00 -> 422
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
books nordlicht wallet is 400.00 held 0.00
books nordlicht budget is 100.00 held 0.00

# Joining takes two steps: reading what is promised, and saying yes.
paula opens /programs/{program}
paula sees "You get 10% of what each order comes to, rounded down."
paula sees "Whoever brought you gets 3%."
paula posts /me/programs/{program}/join code=PAULA
paula follows
paula sees "/r/PAULA"
jonas posts /me/programs/{program}/join by=paula code=PAU1A -> 422
jonas sees "Choose another"
jonas posts /me/programs/{program}/join by=paula code=JONAS
ines posts /me/programs/{program}/join by=JONAS code=INES
ines follows
ines keeps part rpt_

# A code that nobody has: a page that says so, and whoever said where in a shop they were going gets there.
paula opens /r/NOBODY 404
paula sees "There is no link with this code"
paula opens /r/NOBODY?to=https://shop.example/a 303
paula opens /r/NOBODY?to=https://elsewhere.example/a 404
paula opens /r/NOBODY?to=/a 404

# Somebody types her code at the till: no link, no cookie.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=200.00 codes=ines mail=buyer@example.net -> 200
later 1 minutes
books ines earnings is 20.00 held 0.00
books jonas earnings is 6.00 held 0.00
books paula earnings is 2.00 held 0.00
books nordlicht budget is 72.00 held 0.00
ines opens /me/programs/{part}
ines sees "Order of 200.00"
ines sees "20.00"
paula opens /me/programs
paula sees "Prints for friends"

# A quarter is given back: each level gives back a quarter.
maren posts /biz/orders/refunds order=n1 number=r1 amount=50.00 -> 200
later 1 minutes
books ines earnings is 15.00 held 0.00
books jonas earnings is 4.50 held 0.00
books paula earnings is 1.50 held 0.00
books nordlicht budget is 79.00 held 0.00

# Who is paused brings nothing; the reason says so.
maren opens /biz/programs/{program}
maren sees "Inés Otero"
maren posts /biz/programs/{program}/partners/{part}/pause
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:20Z total=100.00 codes=INES -> 200
later 1 minutes
ines opens /me/programs/{part}
ines sees "Your part in the program was paused or over."
books ines earnings is 15.00 held 0.00

# What is left comes back a month after the program ended; what was earned stays.
maren posts /biz/programs/{program}/end
paula posts /me/programs/{program}/join code=AGAIN
books nordlicht wallet is 400.00 held 0.00
later 29 days
later 3 days
books nordlicht budget is 0.00 held 0.00
books nordlicht wallet is 479.00 held 0.00
books ines earnings is 15.00 held 0.00
