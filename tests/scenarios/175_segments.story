# A business saves conditions on its customers, sees who is in, and keeps why it may write to one of them.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person olga "Olga Brandt"
business nordlicht "Nordlicht Reisen" of maren with 10.00 EUR
business haus "Haus am Hafen" of olga with 10.00 EUR
maren opens /biz/segments
maren sees "No segments yet"
maren posts /biz/products number=A title=Tea category=Drinks -> 200
maren posts /biz/customers number=7 name=Ada country=DE -> 200
maren posts /biz/customers number=8 name=Ben country=FR -> 200
maren posts /biz/orders number=1 placed=2026-05-20T09:00:00Z customer=7 total=30.00 -> 200

# Conditions that nobody can meet are refused, and what was typed survives.
maren posts /biz/segments name="Nobody at all" within_days=10 idle_days=20 reason=anybody -> 422
maren sees "Nobody at all"
maren sees "or nobody can be in it"
maren posts /biz/segments name="Lately" within_days=60 orders_least=1 country=de reason=anybody
maren keeps segment seg_
maren follows
maren sees "One customer is in it now."
maren sees "Ordered in the last 60 days"
maren sees "Ada"
maren misses "Ben"
later 1 minutes
maren opens /biz/segments/{segment}
maren sees "All were counted: 1"
maren opens /biz/exports/segments/{segment}
maren sees "7,,Ada,DE"
maren misses "Ben"
maren opens /biz/exports/segments/{segment}?format=lines
maren sees "Ada"

# Conditions are changed; nobody else may, and what makes no sense is refused with what was typed.
maren posts /biz/segments/{segment} name="Lately, much" within_days=60 idle_days=90 reason=anybody -> 422
maren sees "Lately, much"
maren sees "or nobody can be in it"
maren posts /biz/segments/{segment} name="Lately, much" within_days=60 sum_least=30.01 country=de reason=anybody
maren follows
maren sees "Nobody is in it now."
maren sees "30.01"
later 1 minutes
maren opens /biz/segments/{segment}
maren sees "All were counted: 0"
maren posts /biz/segments/{segment} name="Lately" within_days=60 orders_least=1 country=de reason=anybody
maren follows
maren sees "One customer is in it now."
maren misses "30.01"
olga posts /biz/segments/{segment} name="Mine" reason=anybody -> 404

olga opens /biz/segments/{segment} 404
olga opens /biz/exports/segments/{segment} 404
olga posts /biz/segments/{segment}/end -> 404

# A reason is kept for one customer and withdrawn; the segment that asks for it follows.
maren posts /biz/segments name="To invite" reason=invite
maren keeps invited seg_
maren follows
maren sees "Nobody is in it now."
maren opens /biz/customers
maren keeps customer cus_
maren opens /biz/customers/{customer}
maren sees "Nothing is allowed yet"
maren posts /biz/customers/{customer}/consents what=invite basis=consent source="" -> 422
maren posts /biz/customers/{customer}/consents what=invite basis=consent source="Form of 3 June"
maren follows
maren sees "Form of 3 June"
maren keeps reason cns_
maren posts /biz/customers/{customer}/consents what=invite basis=law source="A law" -> 422
maren sees "End it first when another one holds from now on."
maren opens /biz/segments/{invited}
maren sees "One customer is in it now."
olga opens /biz/customers/{customer} 404
olga posts /biz/consents/{reason}/withdraw -> 404
maren posts /biz/consents/{reason}/withdraw
maren follows
maren sees "It holds no more."
maren opens /biz/segments/{invited}
maren sees "Nobody is in it now."
maren posts /biz/segments/{invited}/end
maren opens /biz/segments/{invited} 404
maren opens /biz/segments
maren misses "To invite"
maren opens /biz/keys
maren sees "Webhooks"
maren opens /biz/imports
maren sees "Segments"
