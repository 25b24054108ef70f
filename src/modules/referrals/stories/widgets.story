# What stands in a shop's own pages: whether a code counts, an invitation that says who bought, a page that reports.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person tove "Tove Lindqvist"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
business haus "Haus am See" of tove
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 hold_days=14 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
somebody opens /w/invite/{program} 404
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES-1
ines follows
ines keeps part rpt_

# A code counts in its own shop while its partner takes part, however it is typed.
somebody opens /w/code/{nordlicht}?code=1nes1
somebody sees "\x22code\x22:\x221nes1\x22,\x22counts\x22:true"
somebody opens /w/code/{nordlicht}?code=NOBODY
somebody sees "\x22code\x22:\x22NOBODY\x22,\x22counts\x22:false"
somebody opens /w/code/{haus}?code=INES-1
somebody sees "\x22counts\x22:false"
somebody opens /w/code/{tove}?code=INES-1 404
maren posts /biz/programs/{program}/partners/{part}/pause
somebody opens /w/code/{nordlicht}?code=INES-1
somebody sees "\x22counts\x22:false"
maren posts /biz/programs/{program}/partners/{part}/resume

# A code that takes something off says how much, once the basket is known.
maren posts /biz/programs/{program}/codes code=TEN percent=10 least=20.00
somebody opens /w/code/{nordlicht}?code=ten&sum=49.90
somebody sees "This code takes 4.99 EUR off."
somebody opens /w/code/{nordlicht}?code=ten&sum=10.00
somebody sees "\x22counts\x22:false"
somebody opens /w/code/{nordlicht}?code=ten&language=fr
somebody sees "Ce code compte."

# Only for an order that was told the shop's server gets an invitation, for its own program.
maren posts /biz/programs/invitations program={program} order=n1 -> 422
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=200.00 -> 200
maren posts /biz/programs/invitations program={program} order=n1 -> 200
maren keeps invitation ord_
tove posts /biz/programs/invitations program={program} order=n1 -> 404
somebody opens /w/invite/{program}?invitation={invitation}
somebody sees "Recommend Nordlicht Reisen"
somebody misses "You bought at"
somebody sees "You get 10% of what each order comes to"

# A page reports on a click that there is, in numbers.
somebody posts /w/landed/clk_0000000000000 visible=1000 touches=1 -> 404
somebody posts /w/landed/nothing visible=1000 touches=1 -> 404
