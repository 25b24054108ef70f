# Nobody's link, nobody's code: afterwards the buyer says who sent them, and the order is judged again and paid.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
person lea "Lea Sommer"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 percent_2=3 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
jonas posts /me/programs/{program}/join code=JONAS
ines posts /me/programs/{program}/join by=JONAS code=INES
ines follows
ines keeps part rpt_

# The shop puts the address on its confirmation; whoever has it needs no account.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=200.00 mail=buyer@example.net -> 200
maren keeps order ord_
later 1 minutes
books ines earnings is 0.00 held 0.00
maren asks /biz/programs/orders/{order}/claim
maren keeps where /who-sent/
lea asks /biz/programs/orders/{order}/claim 403
somebody opens {where}
somebody sees "Order n1 at Nordlicht Reisen"
somebody opens {where}0 404
somebody posts {where} code=NOBODY -> 422
somebody sees "NOBODY"
somebody sees "Compare it with what you were given"
somebody posts {where} code=https://localhost/r/1nes
somebody follows
somebody sees "You named INES."
somebody sees "The order counts for them."
books ines earnings is 20.00 held 0.00
books jonas earnings is 6.00 held 0.00
books nordlicht budget is 74.00 held 0.00
ines opens /me/programs/{part}
ines sees "20.00"

# The first claim stands.
somebody posts {where} code=JONAS -> 422
jonas posts {where} code=INES -> 422
books ines earnings is 20.00 held 0.00
books jonas earnings is 6.00 held 0.00

# It counts only where nothing else does.
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:13Z total=100.00 codes=JONAS mail=buyer@example.net -> 200
maren keeps order ord_
later 1 minutes
maren asks /biz/programs/orders/{order}/claim
maren keeps where /who-sent/
somebody opens {where}
somebody sees "We know already"
somebody posts {where} code=INES -> 422
books jonas earnings is 16.00 held 0.00

# Who signs in with the buyer's address finds their orders; nobody names themselves.
maren posts /biz/orders number=n3 placed=2026-06-01T09:00:23Z total=100.00 mail=Ines@Example.org -> 200
maren posts /biz/orders number=n4 placed=2026-06-01T09:00:33Z total=50.00 mail=ines@example.org -> 200
later 1 minutes
lea opens /me/programs/claims
lea sees "There is nothing to say"
ines opens /me/programs/claims
ines sees "Order n4"
ines sees "Order n3"
ines keeps where /who-sent/
somebody posts {where} code=INES -> 422
somebody sees "What you order yourself does not count for you"
books ines earnings is 20.00 held 0.00
ines posts {where} code=jonas
ines follows
ines sees "You named JONAS."
books jonas earnings is 21.00 held 0.00
ines opens /me/programs/claims
ines misses "Order n4"
ines sees "Order n3"
ines keeps where /who-sent/

# Who has left cannot be named, and after the days nobody can; the page says what can be done.
jonas opens /me/programs
jonas keeps left rpt_
jonas posts /me/programs/{left}/leave
somebody posts {where} code=JONAS -> 422
somebody sees "takes no part at present"
later 29 days
later 2 days
somebody opens {where}
somebody sees "It could be said for 30 days"
somebody sees "type their code when you pay"
somebody posts {where} code=INES -> 422
books ines earnings is 20.00 held 0.00
books nordlicht wallet is 400.00 held 0.00
