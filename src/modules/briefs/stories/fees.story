# What comes on top of a price is part of what an answer costs: seen, held and paid.
at 2026-06-01T09:00:00Z
setting stock.fees "handling: 8% of share, by supplier; service: 5% of price, min 1.00, by buyer"
person ines "Inés Otero"
person jonas "Jonas Brandt"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
photo stalls /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg by ines checked by sam title="Stalls at the bridge" tags="market, night" category=city standard=50.00
photo lamps /usr/share/backgrounds/sunset_by_Aitzol_Berasategi.jpg by jonas checked by sam title="Lamps go on" tags="market, evening" category=city standard=60.00
maren posts /biz/briefs title="Night markets" body="For a travel guide: people, light, food." wanted=2 budget=80.00 until=2026-06-20 criterion_1=Mood
maren keeps brief cal_
ines posts /me/briefs/{brief}/answer photos={stalls} price=40.00
ines follows
ines keeps first del_
jonas posts /me/briefs/{brief}/answer photos={lamps} price=55.50
jonas follows
jonas keeps second del_

# 40.00 + 5 %: 42.00, of which Inés receives 16.00 less 1.28.
maren opens /biz/briefs/{brief}?offer={first}
maren sees "Accept for 42.00"
maren sees "Service fee, 5% of the price"
maren sees "At least 1.00 EUR."
maren sees "receives 14.72"
maren sees "58.28 EUR with fees"
# Both together cost 100.28, which is more than there is: neither is taken.
maren posts /biz/briefs/{brief}/accept offer={first} offer={second} -> 422
books nordlicht wallet is 100.00
maren posts /biz/briefs/{brief}/accept offer={first}
books nordlicht wallet is 58.00
books ines earnings is 14.72
books platform income is 24.00
books platform fees is 3.28
# 55.50 + 2.78 is 0.28 more than is left.
maren opens /biz/briefs/{brief}?offer={second}
maren sees "and this answer costs 58.28"
maren posts /biz/briefs/{brief}/accept offer={second} -> 422
books nordlicht wallet is 58.00
