# What a partner hands out: a link to a page of the shop and nowhere else, its QR code, a sheet of ten cards.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES
ines follows
ines keeps part rpt_
maren posts /biz/programs/{program}/codes code=INES-10 percent=10 partner=INES
ines opens /me/programs/{part}/share
ines sees "/r/INES"
ines sees "INES-10"
ines sees "10% off"
ines opens /me/programs/{part}/share?to=https://shop.example/lamps?colour=red
ines sees "/r/INES?to=https%3A%2F%2Fshop.example%2Flamps%3Fcolour%3Dred"
ines opens /me/programs/{part}/share?to=https://evil.example/
ines sees "This is no page of the shop."
ines misses "?to=https%3A%2F%2Fevil"
ines opens /me/programs/{part}/cards?to=/lamps
ines sees "hand-card"
maren opens /me/programs/{part}/cards 404
