# A business takes its partners and all verdicts along as files; nobody else does.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "=HYPERLINK(Inés)"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
business other "Haus am See" of jonas with 10.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 percent_2=3 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
maren opens /biz/programs/{program}/files/partners
maren sees "partner,name,code,state,by,joined,clicks,orders,brought,brought_currency,earned,earned_currency"
jonas posts /me/programs/{program}/join code=JONAS
ines posts /me/programs/{program}/join by=JONAS code=INES
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=200.00 codes=INES mail=a@example.net -> 200
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:20Z total=0.00 codes=JONAS mail=b@example.net -> 200
later 1 minutes

# What a spreadsheet would run as a formula is guarded.
maren opens /biz/programs/{program}/files/partners
maren sees "Jonas Brandt,JONAS,active,,2026-06-01T09:00:"
maren sees ",0,0,0.00,EUR,6.00,EUR"
maren sees "'=HYPERLINK(Inés),INES,active,rpt_"
maren sees ",0,1,200.00,EUR,20.00,EUR"
maren opens /biz/programs/{program}/files/verdicts
maren sees ",order,n1,2026-06-01T09:00:10.000Z,200.00,EUR,counted,program.why.given,26.00,EUR"
maren sees ",order,n2,2026-06-01T09:00:20.000Z,0.00,EUR,rejected,referrals.why.zero,0.00,EUR"
maren downloads /biz/programs/{program}/files/verdicts?format=lines application/jsonl
maren opens /biz/activity
maren sees "verdicts"

# Another business, and a file that there is not.
jonas opens /biz/programs/{program}/files/verdicts 404
maren opens /biz/programs/{program}/files/money 404
