# A brief that ends soon shows on the front page of the business; so do answers that lapse, until they have.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 150.00 EUR
photo stalls /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg by ines checked by sam title="Stalls at the bridge" tags="market, night" category=city standard=50.00
maren posts /biz/briefs title="Night markets" body="For a travel guide." wanted=2 budget=80.00 until=2026-06-06
maren keeps brief cal_
maren opens /biz
maren misses "Night markets"

# Nobody has answered two days before the end. Nothing is to be done, and it is not counted.
later 3 days
maren opens /biz
maren sees "Nothing waits for you"
maren sees "“Night markets” ends soon"
maren sees "No answers so far, 0 of 2 found."

# One answer comes and is put on the shortlist: as long as more can come, it is only the end that shows.
ines posts /me/briefs/{brief}/answer photos={stalls} price=80.00
ines follows
ines keeps offer del_
maren opens /biz
maren sees "One answer to “Night markets” waits for you"
maren misses "ends soon"
maren posts /biz/briefs/{brief}/shortlist offer={offer}
maren opens /biz
maren misses "One answer to “Night markets”"
maren sees "“Night markets” ends soon"

# After the end it must be decided, and two weeks later it is too late.
later 4 days
maren opens /biz
maren sees "One thing waits for you"
maren sees "One answer to “Night markets” waits for you"
maren sees "Decide before the rest lapses."
later 14 days
maren opens /biz
maren sees "Nothing waits for you"
maren misses "Night markets"

# Both sides take what was asked and offered with them; what the business noted stays with it.
maren posts /biz/briefs/{brief}/offers/{offer}/score remark="Too dark"
maren opens /biz/exports/briefs
maren sees "brief,state,title,body,wanted,answers,accepted,budget,budget_currency,published,until"
maren sees ",Night markets,For a travel guide.,2,1,0,80.00,EUR,2026-06-01T09:00:00"
maren opens /biz/exports/brief-offers
maren sees ",lapsed,{brief},Night markets,Inés Otero,Stalls at the bridge,80.00,EUR,"
maren sees "Too dark"
ines opens /me/exports/brief-offers
ines sees ",lapsed,{brief},Night markets,Nordlicht Reisen,Stalls at the bridge,80.00,EUR,"
ines misses "Too dark"
ines opens /me/imports
ines sees "Your answers to briefs"
ines opens /biz/exports/brief-offers 403
