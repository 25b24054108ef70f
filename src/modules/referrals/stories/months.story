# Pay for what customers go on doing: in each of the first three months, for life, and for the first time only; on two levels.
at 2026-01-31T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=120 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/rule name="First months" trigger=action benefit=amount level_1=4.00 level_2=1.00 fact_1=action is_1=is value_1=subscription join_2=and fact_2=months is_2=below value_2=3 period=ever hold_days=0
later 1 minutes
maren opens /biz/programs/{program}/rules
maren keeps proposal ppl_
maren posts /biz/programs/{program}/rules/switch proposal={proposal}
maren posts /biz/programs/{program}/rule name="Support, for life" trigger=action benefit=amount level_1=0.50 fact_1=action is_1=is value_1=support period=ever hold_days=14
maren posts /biz/programs/{program}/rule name="First sign-up" trigger=action benefit=amount level_1=2.00 fact_1=action is_1=is value_1=sign-up join_2=and fact_2=order_number is_2=is value_2=1 period=ever hold_days=0
later 1 minutes
maren opens /biz/programs/{program}/rules
maren keeps both ppl_
maren posts /biz/programs/{program}/rules/switch proposal={both}
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
jonas posts /me/programs/{program}/join code=JONAS
ines posts /me/programs/{program}/join by=JONAS code=INES
ines follows
ines keeps part rpt_

# The words say what is done, and count it, not orders.
somebody opens /programs/{program}
somebody sees "You get 4.00 EUR each time for: subscription."
somebody sees "It holds when: months since the customer did the same for the first time: less than 3."
somebody sees "You get 0.50 EUR each time for: support."
somebody sees "It is yours at once and can be taken out after 14 days. What comes to nothing comes off in full, also later."
somebody sees "how often the customer did the same, with this one: 1."

# A month after the last of January is the last of February: three are paid, the fourth is not.
maren posts /biz/programs/actions number=s1 action=subscription customer=c1 code=INES at=2026-01-31T09:00:00Z -> 200
books ines earnings is 4.00 held 0.00
books jonas earnings is 1.00 held 0.00
later 28 days
maren posts /biz/programs/actions number=s2 action=subscription customer=c1 at=2026-02-28T09:00:00Z -> 200
books ines earnings is 8.00 held 0.00
later 29 days
maren signs in
ines signs in
later 2 days
maren posts /biz/programs/actions number=s3 action=subscription customer=c1 at=2026-03-31T09:00:00Z -> 200
books ines earnings is 12.00 held 0.00
later 28 days
maren signs in
ines signs in
later 2 days
maren posts /biz/programs/actions number=s4 action=subscription customer=c1 at=2026-04-30T09:00:00Z -> 200
books ines earnings is 12.00 held 0.00
books jonas earnings is 3.00 held 0.00
ines opens /me/programs/{part}
ines sees "No rule of the program fits it."

# Another customer begins anew; somebody nobody knows has no first month, and a code at the till says nothing of it.
maren posts /biz/programs/actions number=t1 action=subscription customer=c2 code=INES -> 200
books ines earnings is 16.00 held 0.00
maren posts /biz/programs/actions number=t2 action=subscription code=INES -> 200
books ines earnings is 16.00 held 0.00

# Months of one action are not those of another; the first sign-up of a customer is paid, the second is not.
maren posts /biz/programs/actions number=u1 action=sign-up customer=c1 -> 200
books ines earnings is 18.00 held 0.00
maren posts /biz/programs/actions number=u2 action=sign-up customer=c1 -> 200
books ines earnings is 18.00 held 0.00

# For life: a year later it is still paid, and held as long as it may come to nothing, which takes all of it.
maren posts /biz/programs/actions number=v1 action=support customer=c1 -> 200
books ines earnings is 18.50 held 0.50
maren posts /biz/programs/actions/reversals number=v1 -> 200
books ines earnings is 18.00 held 0.00
later 25 days
maren signs in
later 29 days
maren signs in
maren posts /biz/programs/actions number=v2 action=support customer=c1 -> 200
books ines earnings is 18.50 held 0.50
