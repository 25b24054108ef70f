# Store credit for who brings somebody stands beside their money, not in it; what comes back of either comes off its own.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/promises?kind=credit kind=credit days=60 told_days=30 part=100
maren posts /biz/programs title="Money and credit" landing=https://shop.example/ percent=10 action=visit action_pay=4.00 hold_days=0 window_days=30 bound_months=12 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/rule name="Reviews" trigger=action benefit=credit level_1=3.00 fact_1=action is_1=is value_1=review period=ever hold_days=0
later 1 minutes
maren opens /biz/programs/{program}/rules
maren keeps proposal ppl_
maren posts /biz/programs/{program}/rules/switch proposal={proposal}
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES
ines follows
ines keeps part rpt_
maren posts /biz/programs/actions number=v1 action=visit customer=c1 code=INES -> 200
ines opens /me/programs/{part}
ines misses "Credit beside it"
maren posts /biz/programs/actions number=r1 action=review customer=c1 code=INES -> 200
maren posts /biz/programs/actions number=r2 action=review customer=c1 code=INES -> 200
books ines earnings is 4.00 held 0.00
ines opens /me/programs/{part}
ines sees "Credit beside it"
ines asks /me/programs/{part}
ines sees "\x22given\x22:{\x22minor\x22:400"
ines sees "\x22credit\x22:{\x22minor\x22:600"
maren posts /biz/programs/actions/reversals number=r1 -> 200
ines asks /me/programs/{part}
ines sees "\x22credit\x22:{\x22minor\x22:300"
ines sees "\x22given\x22:{\x22minor\x22:400"
ines sees "\x22taken_back\x22:{\x22minor\x22:0"
maren posts /biz/programs/actions/reversals number=v1 -> 200
ines asks /me/programs/{part}
ines sees "\x22credit\x22:{\x22minor\x22:300"
ines sees "\x22given\x22:{\x22minor\x22:0"
ines sees "\x22taken_back\x22:{\x22minor\x22:400"
