# Early access beside what a rule gives, and a gift, by the form of a rule: the shop asks for it, the person sees it.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/promises?kind=credit kind=credit days=60 told_days=30 part=100
maren posts /biz/programs title="Spring first" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00

# What can't be is said beside its field.
maren posts /biz/programs/{program}/rule?place=1 place=1 name="Orders" trigger=order benefit=percent level_1=10 period=ever hold_days=0 gift=credit -> 422
maren posts /biz/programs/{program}/rule?place=1 place=1 name="Orders" trigger=order benefit=percent level_1=10 period=ever hold_days=0 gift_part=5 -> 422
maren sees "Choose what the customer gets."
maren posts /biz/programs/{program}/rule?place=1 place=1 name="Orders" trigger=order benefit=percent level_1=10 period=ever hold_days=0 early="Spring" early_from=2026-07-01 early_until=2026-06-20 -> 422
maren sees "Early access ends after it begins."
maren posts /biz/programs/{program}/rule?place=1 place=1 name="Orders" trigger=order benefit=percent level_1=10 period=ever hold_days=0 gift=credit gift_part=5.50 early="Spring" early_whom=customer early_until=2026-07-01
maren opens /biz/programs/{program}/rules
maren sees "early access to Spring"
maren sees "The customer gets 5.50\xC2\xA0EUR of credit."
maren keeps proposal ppl_
maren opens /biz/programs/{program}/rule?place=1
maren sees "2026-07-01"
maren sees "5.50"
maren posts /biz/programs/{program}/rules/switch proposal={proposal}
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES

# Of an order with a known address, by that address; by no other name, and of nobody else.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=100.00 codes=INES mail=jonas@example.org -> 200
later 1 minutes
maren asks /biz/promises/access?name=Spring&mail=jonas@example.org
maren sees "\x22access\x22:\x22yes\x22"
maren sees "2026-07-01T00:00:00"
maren asks /biz/promises/access?name=Autumn&mail=jonas@example.org
maren sees "\x22access\x22:\x22no\x22"
maren asks /biz/promises/access?name=Spring&mail=ines@example.org
maren sees "\x22access\x22:\x22no\x22"
jonas opens /me/rewards
jonas sees "Early access"
jonas opens /me/rewards/early
jonas sees "Spring"
jonas sees "Nordlicht Reisen"
ines opens /me/rewards/early
ines sees "You have no early access now."

# It stands in what they take along, too.
jonas asks /me/data
jonas sees "\x22accesses\x22:[{"

# A part given back leaves it, the whole takes it.
maren posts /biz/orders/refunds order=n1 number=r1 amount=50.00 -> 200
later 1 minutes
maren asks /biz/promises/access?name=Spring&mail=jonas@example.org
maren sees "\x22access\x22:\x22yes\x22"
maren posts /biz/orders/cancellations order=n1 -> 200
later 1 minutes
maren asks /biz/promises/access?name=Spring&mail=jonas@example.org
maren sees "\x22access\x22:\x22no\x22"
jonas opens /me/rewards/early
jonas misses "Spring"
