# A partner meets somebody in person and registers them; their order is the partner's, whatever link or code it has.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
jonas posts /me/programs/{program}/join code=JONAS
ines posts /me/programs/{program}/join code=INES
ines follows
ines keeps part rpt_

# Only where the program takes leads, and only of who agreed.
ines posts /me/programs/{part}/leads name=Anna mail=anna@example.net met="At the fair, on Saturday" agreed=true -> 422
ines sees "takes nobody in this way"
ines posts /biz/programs/{program}/leads days=60 most=2 -> 403
maren posts /biz/programs/{program}/leads days=60 most=2
jonas posts /me/programs/{part}/leads name=Anna mail=anna@example.net met="At the fair" agreed=true -> 404
ines posts /me/programs/{part}/leads name=Anna mail=anna@example.net met="At the fair, on Saturday" -> 422
ines sees "Ask them first."
ines posts /me/programs/{part}/leads name=Me mail=INES@example.org met="At home" agreed=true -> 422
ines sees "Nobody can register themselves."

# Olaf had ordered before; that is nobody's business until he orders again.
maren posts /biz/orders number=n0 placed=2026-06-01T08:00:00Z total=10.00 mail=olaf@example.net -> 200
ines posts /me/programs/{part}/leads name=Anna mail=Anna@example.net met="At the fair, on Saturday" agreed=true
ines posts /me/programs/{part}/leads name=Anna mail=anna@example.net met="At the fair, on Saturday" agreed=true -> 422
ines posts /me/programs/{part}/leads name=Olaf mail=olaf@example.net met="At the fair" agreed=true
ines follows
ines sees "2 of 2 at once"
ines misses "Was a customer before"
ines posts /me/programs/{part}/leads name=Pia mail=pia@example.net met="At the fair" agreed=true -> 422
ines sees "There is a limit for each partner"

# Another partner's code came with the order: the lead goes first.
later 1 minutes
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=100.00 codes=JONAS mail=ANNA@example.net -> 200
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:10Z total=100.00 codes=JONAS mail=olaf@example.net -> 200
later 1 minutes
books ines earnings is 10.00 held 0.00
books jonas earnings is 10.00 held 0.00
ines opens /me/programs/{part}/leads
ines sees "Has ordered"
ines sees "Was a customer before"

# She asks to be forgotten, and room is made for somebody else; after the days the protection is over.
ines posts /me/programs/{part}/leads name=Pia mail=pia@example.net met="At the fair" agreed=true
ines follows
ines keeps pia led_
jonas posts /me/programs/{part}/leads/{pia}/forget -> 404
ines posts /me/programs/{part}/leads/{pia}/forget
ines posts /me/programs/{part}/leads name=Quentin mail=quentin@example.net met="At the fair" agreed=true
later 29 days
later 29 days
later 3 days
maren signs in
maren posts /biz/orders number=n3 placed=2026-08-01T09:00:10Z total=100.00 codes=JONAS mail=quentin@example.net -> 200
later 1 minutes
books ines earnings is 10.00 held 0.00
books jonas earnings is 20.00 held 0.00
