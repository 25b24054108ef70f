# A business offers one partner more than the others; they bargain; rates and fee hold from then on.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person olga "Olga Petrova"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 300.00 EUR
business other "Other Tours" of olga with 10.00 EUR
maren posts /biz/programs title="Night trains" landing=https://shop.example/ percent=10 percent_2=2 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES
ines follows
ines keeps part rpt_
jonas posts /me/programs/{program}/join code=JONAS

# What makes no sense is said; the fee is set aside when it is offered, and only what is there.
maren posts /biz/partners/{part}/offers days=14 -> 422
maren sees "Name a rate, a fee, or both."
maren posts /biz/partners/{part}/offers percent=90 percent_2=20 days=14 -> 422
maren sees "100 percent at most"
maren posts /biz/partners/{part}/offers percent_2=5 days=14 -> 422
maren posts /biz/partners/{part}/offers fee=900.00 days=14 -> 422
olga posts /biz/partners/{part}/offers percent=12 days=14 -> 404
maren posts /biz/partners/{part}/offers percent=12.5 fee=40.00 words="For your spring posts" days=14
books nordlicht wallet is 200.00 held 40.00
maren opens /biz/partners/{part}/offers
maren keeps offer del_
maren posts /biz/partners/{part}/offers percent=13 days=14 -> 422
maren sees "One offer at a time"

# The partner wants more; the money is free again until the business says yes.
ines opens /me/programs/{part}
ines sees "For your spring posts"
ines sees "12.5%"
jonas posts /me/programs/{part}/offers/{offer}/accept -> 404
maren posts /biz/partners/{part}/offers/{offer}/take -> 409
ines posts /me/programs/{part}/offers/{offer}/counter percent=15 fee=60.00 words="It is a lot of work"
books nordlicht wallet is 200.00 held 0.00
ines posts /me/programs/{part}/offers/{offer}/accept -> 409
olga posts /biz/partners/{part}/offers/{offer}/take -> 404
maren opens /biz/partners/{part}/offers
maren sees "It is a lot of work"
maren posts /biz/partners/{part}/offers/{offer}/take
books nordlicht wallet is 140.00 held 0.00
books ines earnings is 60.00 held 0.00

# From then on her rate counts, and nobody else's changes.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=100.00 codes=INES mail=a@example.net -> 200
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:10Z total=100.00 codes=JONAS mail=b@example.net -> 200
later 1 minutes
books ines earnings is 75.00 held 0.00
books jonas earnings is 10.00 held 0.00

# Taken back, lapsed or refused, the money is free; after a refusal they are left in peace.
maren posts /biz/partners/{part}/offers percent=20 fee=30.00 days=1
maren opens /biz/partners/{part}/offers
maren keeps second del_
maren posts /biz/partners/{part}/offers/{second}/withdraw
books nordlicht wallet is 140.00 held 0.00
maren posts /biz/partners/{part}/offers percent=20 fee=30.00 days=1
maren opens /biz/partners/{part}/offers
maren keeps third del_
books nordlicht wallet is 140.00 held 30.00
later 2 days
books nordlicht wallet is 140.00 held 0.00
ines posts /me/programs/{part}/offers/{third}/accept -> 409
maren posts /biz/partners/{part}/offers percent=20 fee=30.00 days=3
maren opens /biz/partners/{part}/offers
maren keeps fourth del_
ines posts /me/programs/{part}/offers/{fourth}/refuse
books nordlicht wallet is 140.00 held 0.00
maren posts /biz/partners/{part}/offers percent=25 days=14 -> 422
maren sees "no offer can be made for 90 days"

# Who left can accept nothing.
books ines earnings is 75.00 held 0.00
