# The fees of an answer are those under which it was given, though they change before it is accepted.
at 2026-06-01T09:00:00Z
setting stock.fees "handling: 8% of share, by supplier; service: 5% of price, min 1.00, by buyer"
person ines "Inés Otero"
person jonas "Jonas Brandt"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 200.00 EUR
photo stalls /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg by ines checked by sam title="Stalls at the bridge" tags="market, night" category=city standard=50.00
photo lamps /usr/share/backgrounds/sunset_by_Aitzol_Berasategi.jpg by jonas checked by sam title="Lamps go on" tags="market, evening" category=city standard=60.00
maren posts /biz/briefs title="Night markets" body="For a travel guide: people, light, food." wanted=2 budget=80.00 until=2026-06-20 criterion_1=Mood
maren keeps brief cal_

# Before answering: what the whole budget would bring under the rules of that day: 80.00 x 40 % less 8 %.
ines opens /me/briefs/{brief}/answer
ines sees "Handling, 8% of the share"
ines sees "Service fee, 5% of the price"
ines sees "84.00"
ines sees "29.44"
ines posts /me/briefs/{brief}/answer photos={stalls} price=40.00
ines follows
ines keeps first del_

setting stock.fees "handling: 20% of share, by supplier; service: 10% of price, by buyer; payment: 0.25, by supplier"

# Both sides still read the rules of the day of the answer, line by line.
ines opens /me/briefs/{first}
ines sees "Handling, 8% of the share"
ines sees "1.28"
ines sees "14.72"
ines misses "20%"
ines misses "Payment fee"
maren opens /biz/briefs/{brief}?offer={first}
maren sees "Accept for 42.00"
maren sees "Service fee, 5% of the price"
maren sees "Handling, 8% of the share"
maren sees "receives 14.72"
maren misses "10% of the price"

# An answer given now is under the rules of now: 50.00 + 10 %, of which 20.00 less 4.00 and 0.25.
jonas opens /me/briefs/{brief}/answer
jonas sees "Handling, 20% of the share"
jonas posts /me/briefs/{brief}/answer photos={lamps} price=50.00
jonas follows
jonas keeps second del_
jonas opens /me/briefs/{second}
jonas sees "Handling, 20% of the share"
jonas sees "15.75"

# Taken together: each is paid as it was shown.
maren posts /biz/briefs/{brief}/accept offer={first} offer={second}
books nordlicht wallet is 103.00
books ines earnings is 14.72
books jonas earnings is 15.75
books platform income is 54.00
books platform fees is 12.53
ines opens /me/briefs/{first}
ines misses "What you receive if"
