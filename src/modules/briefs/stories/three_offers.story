# A business says what it needs; three people answer. It compares, accepts two, and thanks the third with a reason.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person jonas "Jonas Brandt"
person wei "Wei Lin"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 150.00 EUR
photo stalls /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg by ines checked by sam title="Stalls at the bridge" tags="market, night" category=city standard=50.00
photo lamps /usr/share/backgrounds/sunset_by_Aitzol_Berasategi.jpg by jonas checked by sam title="Lamps go on" tags="market, evening" category=city standard=60.00
photo wine /usr/share/backgrounds/Wine_by_Jakkub_Mede.jpg by wei checked by sam title="One glass more" tags="market, wine" category=food standard=70.00

# Maren publishes what she needs: two photographs, up to 80 each, and what counts for her.
maren posts /biz/briefs title="Night markets" body="For a travel guide: people, light, food." wanted=0 budget=80.00 until=2026-06-20 -> 422
maren sees "This is less than allowed."
maren posts /biz/briefs title="Night markets" body="For a travel guide: people, light, food." wanted=2 budget=80.00 until=2026-06-20 criterion_1=Mood criterion_2=Light
maren keeps brief cal_
somebody opens /briefs
somebody sees "Night markets"
somebody opens /briefs/{brief}
somebody sees "For a travel guide: people, light, food."

# Three answers. More than the budget is refused, and so is somebody else's photograph.
ines posts /me/briefs/{brief}/answer photos={stalls} price=80.01 -> 422
ines posts /me/briefs/{brief}/answer photos={wine} price=70.00 -> 422
ines posts /me/briefs/{brief}/answer photos={stalls} price=80.00 note="Taken an hour before they open."
ines follows
ines keeps first del_
jonas posts /me/briefs/{brief}/answer photos={lamps} price=55.50
jonas follows
jonas keeps second del_
wei posts /me/briefs/{brief}/answer photos={wine} price=70.00
wei follows
wei keeps third del_
ines posts /me/briefs/{brief}/answer photos={stalls} price=75.00 -> 422
books nordlicht wallet is 150.00

# She lays them side by side, scores them and keeps a note that only her business sees.
maren opens /biz/briefs/{brief}
maren sees "-thank-all\x22>"
maren sees "Stalls at the bridge"
maren sees "Lamps go on"
maren sees "One glass more"
maren sees "Taken an hour before they open."
maren posts /biz/briefs/{brief}/offers/{first}/score score_1=5 score_2=4 remark="The cover?"
maren posts /biz/briefs/{brief}/offers/{second}/score score_1=4 score_2=5
maren posts /biz/briefs/{brief}/offers/{third}/score score_1=2 score_2=6 -> 422
# Her front page says what waits; each person's own says who is on the shortlist.
maren opens /biz
maren sees "One thing waits for you"
maren sees "3 answers to “Night markets” wait for you"
maren sees "/biz/briefs/{brief}"
ines opens /me
ines misses "on the shortlist"
maren posts /biz/briefs/{brief}/shortlist offer={first}
ines opens /me
ines sees "Nordlicht Reisen put “Stalls at the bridge” on the shortlist"
ines sees "Nothing waits for you"
ines asks /api/v1/me/home
ines sees "Nordlicht Reisen put “Stalls at the bridge” on the shortlist"
jonas opens /me
jonas misses "on the shortlist"
maren opens /biz/briefs/{brief}
maren sees "The cover?"
ines opens /me/briefs/{first}
ines misses "The cover?"

# All three at once are more than she asked for: none of them is taken.
maren posts /biz/briefs/{brief}/accept offer={first} offer={second} offer={third} -> 422
books nordlicht wallet is 150.00
# Two of them: both are paid and licensed, and the brief is full.
maren posts /biz/briefs/{brief}/accept offer={first} offer={second}
books nordlicht wallet is 14.50
# Inés: 40 % of 80.00 is 32.00, less 2.56. Jonas: 40 % of 55.50 is 22.20, less 1.78.
books ines earnings is 29.44
books jonas earnings is 20.42
books platform income is 81.30
books platform fees is 4.34
books platform sale is 0.00
maren opens /biz/licences
maren sees "Stalls at the bridge"
maren sees "Lamps go on"
maren misses "One glass more"

# What is decided waits no more; one answer is left.
ines opens /me
ines misses "on the shortlist"
maren asks /api/v1/biz
maren sees "One answer to “Night markets” waits for you"

# Nobody is left without a reason.
maren posts /biz/briefs/{brief}/thank -> 422
maren posts /biz/briefs/{brief}/thank reason="A fine picture, but we show no wine."
maren opens /biz
maren sees "Nothing waits for you"
maren misses "Night markets"
wei opens /me/briefs/{third}
wei sees "A fine picture, but we show no wine."
books wei earnings is 0.00
# It takes no more answers.
wei posts /me/briefs/{brief}/answer photos={wine} price=10.00 -> 422
ines opens /me/earnings
ines sees "29.44"
