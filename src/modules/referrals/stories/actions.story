# Pay for actions: a subscription for its first three months, once for each number, taken back when it comes to nothing.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 action_pay=4.00 hold_days=0 window_days=30 bound_months=12 model=last joining=open empty=refuse -> 422
maren sees "Say which action it is for."
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 action=subscription action_pay=4.00 hold_days=0 window_days=30 bound_months=12 model=last joining=open empty=refuse
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=10.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES
ines follows
ines keeps part rpt_
maren posts /biz/programs/actions number=s1 action=subscription customer=c1 code=ines -> 200
books ines earnings is 4.00 held 0.00

# Told twice it counts once; told otherwise it is refused; nobody to count it for is said so.
maren posts /biz/programs/actions number=s1 action=subscription customer=c1 code=ines -> 200
books ines earnings is 4.00 held 0.00
maren posts /biz/programs/actions number=s1 action=subscription customer=c2 code=ines -> 422
maren posts /biz/programs/actions number=s9 action=subscription -> 422

# What lies in the future is no fact yet; a clock a few seconds ahead is taken.
maren posts /biz/programs/actions number=f1 action=visit customer=c1 at=2026-06-01T09:10:00Z -> 422
maren sees "ahead of our clock"
maren posts /biz/orders number=f2 placed=2026-06-01T09:10:00Z total=100.00 codes=INES -> 422
maren sees "ahead of our clock"
maren posts /biz/orders number=f3 placed=2026-06-01T09:00:05Z total=0.00 -> 200

# What the program's rules don't name gives nothing, and says so.
maren posts /biz/programs/actions number=v1 action=visit customer=c1 code=ines -> 200
books ines earnings is 4.00 held 0.00
ines opens /me/programs/{part}
ines sees "No rule of the program fits it."

# Later the customer is still hers. Then the budget is used up, and the promise is to refuse.
later 20 days
maren posts /biz/programs/actions number=s2 action=subscription customer=c1 -> 200
books ines earnings is 8.00 held 0.00
maren posts /biz/programs/actions number=s3 action=subscription customer=c1 -> 200
books ines earnings is 8.00 held 0.00
books nordlicht budget is 2.00 held 0.00

# It came to nothing: what was given comes back, once.
maren posts /biz/programs/actions/reversals number=s1 -> 200
maren posts /biz/programs/actions/reversals number=s1 -> 200
maren posts /biz/programs/actions/reversals number=s77 -> 404
books ines earnings is 4.00 held 0.00
books nordlicht budget is 6.00 held 0.00
