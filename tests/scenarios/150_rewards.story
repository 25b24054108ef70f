# A business promises points, credit and tickets. What a person holds is theirs to see, with the rules it
# is run by; it ends when it was said to end, and not before they were told.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person clem "Clem Aubert"
person vera "Vera Holm"
person maren "Maren Voss"
business nordlicht "Nordlicht Reisen" of maren
business haus "Haus am See" of vera

# Nothing is promised yet: both pages say that this is normal, and nothing can be given.
ines opens /me/money
ines misses "/me/rewards"
ines opens /me/rewards
ines sees "Nobody has promised you anything yet."
maren opens /biz/promises
maren sees "You promise nothing yet."
maren posts /biz/promises/grants kind=points mail=ines@example.org units=10 -> 422
maren sees "You have no rules for these yet."

# Rules: what is wrong is said beside the field, what was typed stays.
maren opens /biz/promises?kind=points
maren sees "Rules for points"
maren posts /biz/promises?kind=points kind=points per=many worth=1.00 part=50 days=20 told_days=10 preview=on -> 422
maren sees "many"
maren posts /biz/promises?kind=points kind=points per=100 part=50 days=20 told_days=10 preview=on -> 422
maren sees "Say what the points are worth."
maren posts /biz/promises?kind=points kind=points per=100 worth=1.00 part=101 days=20 told_days=10 -> 422
maren posts /biz/promises?kind=points kind=points per=100 worth=1.00 part=50 days=20 told_days=21 -> 422
maren sees "That is before the units are given."
maren posts /biz/promises?kind=tickets kind=tickets days=0 told_days=5 -> 422
maren sees "Units without end have none to tell of."

# Before they hold they are read in plain words; looking at them changes nothing.
maren posts /biz/promises?kind=points kind=points per=100 worth=1.00 least=50 part=50 days=20 told_days=10 preview=on
maren follows
maren sees "100 points are worth 1.00\xC2\xA0EUR at Nordlicht Reisen."
maren sees "It takes at least 50 points to use any."
maren sees "They pay at most 50% of a price."
maren sees "What you are given ends 20 days later"
maren sees "We write to you 10 days before they end."
maren sees "Put these rules in force"
maren posts /biz/promises/grants kind=points mail=ines@example.org units=10 -> 422
maren posts /biz/promises?kind=points kind=points per=100 worth=1.00 least=50 part=50 days=20 told_days=10
maren follows
maren sees "In force since 1 June 2026"

# Given once, also when pressed twice; to people only, and an address without account is refused.
maren posts /biz/promises/grants kind=points mail=ines@example.org units=1000 note="For your review" once=gift
maren posts /biz/promises/grants kind=points mail=ines@example.org units=1000 note="For your review" once=gift
maren posts /biz/promises/grants kind=points mail=ines@example.org units=900 note="For your review" once=gift -> 409
maren posts /biz/promises/grants kind=points mail=nobody@example.org units=5 note="My note" -> 422
maren sees "Units can’t be given to this name or address."
maren sees "My note"
maren posts /biz/promises/grants kind=points person={nordlicht} units=5 -> 422
maren posts /biz/promises/grants kind=points units=5 -> 422
maren posts /biz/promises/grants kind=points mail=ines@example.org -> 422
maren posts /biz/promises/grants kind=points mail=ines@example.org units=-5 -> 422
maren opens /biz/promises
maren sees "1,000 points"
maren sees "Worth 10.00\xC2\xA0EUR today"

# The person reads how much, what it is worth, by which rules, what ends when, and from what it came.
ines opens /me/money
ines sees "/me/rewards"
ines opens /me/rewards
ines sees "1,000 points"
ines sees "Worth 10.00\xC2\xA0EUR there today"
ines sees "100 points are worth 1.00\xC2\xA0EUR at Nordlicht Reisen."
ines sees "End on 21 June 2026"
ines keeps mine acc_
ines opens /me/rewards/{mine}
ines sees "Given by Nordlicht Reisen"
ines sees "“For your review”"
clem opens /me/rewards/{mine} 404

# At the checkout: too few, too much of the price, more than there is, somebody who has none, another
# business's units; then 300 points pay 3.00 of 20.00.
maren posts /biz/promises/uses kind=points mail=ines@example.org units=49 price=20.00 -> 422
maren sees "Fewer than the rules want at once."
maren posts /biz/promises/uses kind=points mail=ines@example.org units=300 price=5.99 -> 422
maren sees "They would pay more of the price than the rules allow."
maren posts /biz/promises/uses kind=points mail=ines@example.org units=1001 price=100.00 -> 422
maren sees "The person does not have that many free."
maren posts /biz/promises/uses kind=points mail=ines@example.org units=300 -> 422
maren sees "Say of which price they pay a part."
maren posts /biz/promises/uses kind=points mail=clem@example.org units=300 price=20.00 -> 422
maren sees "Nobody with this name or address has such units of yours."
maren posts /biz/promises/uses kind=points mail=nobody@example.org units=300 price=20.00 -> 422
maren sees "Nobody with this name or address has such units of yours."
vera posts /biz/promises/uses kind=points mail=ines@example.org units=300 price=20.00 -> 422
vera sees "You have no rules for these yet."
vera posts /biz/promises?kind=points kind=points per=1 worth=1.00 days=0 told_days=0
vera posts /biz/promises/uses kind=points mail=ines@example.org units=300 price=2000.00 -> 422
ines opens /me/rewards
ines sees "1,000 points"
maren posts /biz/promises/uses kind=points mail=ines@example.org units=300 price=20.00 note="Weekend in Kiel" once=till-1
maren posts /biz/promises/uses kind=points mail=ines@example.org units=300 price=20.00 note="Weekend in Kiel" once=till-1
maren opens /biz/promises
maren sees "Used by Inés Otero"
maren sees "Paid 3.00\xC2\xA0EUR of 20.00\xC2\xA0EUR."
maren keeps use pst_
ines opens /me/rewards/{mine}
ines sees "700 points at Nordlicht Reisen"
ines sees "Used at Nordlicht Reisen"
ines sees "“Weekend in Kiel”"
ines sees "\xE2\x88\x92300 points"

# The trip fell through: the use is taken back, once, by its own business only.
vera posts /biz/promises/uses/{use}/return -> 404
maren posts /biz/promises/uses/{use}/return note="Cancelled"
maren posts /biz/promises/uses/{use}/return -> 409
maren opens /biz/promises
maren sees "Given back to Inés Otero"
ines opens /me/rewards/{mine}
ines sees "1,000 points at Nordlicht Reisen"
ines sees "Nordlicht Reisen took a use back, so they are yours again"
ines sees "“Cancelled”"
maren posts /biz/promises/uses kind=points mail=ines@example.org units=300 price=20.00

# Ten days before the end a mail says so, in her language, and only once; the front page says it, too.
ines posts /me/profile name="Inés Otero" language=fr
later 11 days
ines reads "700 points chez Nordlicht Reisen prennent fin le 21 juin 2026"
ines sees "7,00\xC2\xA0EUR"
ines sees "/me/rewards"
ines opens /me
ines sees "700 points at Nordlicht Reisen end soon"
later 2 days
maren opens /biz/promises
maren sees "700 points"

# Then they end, at the end of their day.
later 7 days
maren opens /biz/promises
maren sees "700 points"
later 1 day
ines posts /me/profile name="Inés Otero" language=en
ines opens /me/rewards/{mine}
ines sees "0 points at Nordlicht Reisen"
ines sees "Ended: their time was over"
ines sees "\xE2\x88\x92700 points"
maren opens /biz/promises
maren sees "0 points"

# Credit is money at its business; tickets pay for nothing and take part.
maren posts /biz/promises?kind=credit kind=credit days=0 told_days=0 part=100
maren posts /biz/promises/grants kind=credit mail=clem@example.org units=500 -> 422
maren sees "Say how much credit, in money."
maren posts /biz/promises/grants kind=credit mail=clem@example.org sum=5.00
maren posts /biz/promises/uses kind=credit mail=clem@example.org sum=5.01 price=9.00 -> 422
maren posts /biz/promises/uses kind=credit mail=clem@example.org sum=4.50 price=4.49 -> 422
maren posts /biz/promises/uses kind=credit mail=clem@example.org sum=4.50 price=4.50
clem opens /me/rewards
clem sees "0.50\xC2\xA0EUR"
clem sees "Credit counts like money at Nordlicht Reisen, and nowhere else."
maren posts /biz/promises?kind=tickets kind=tickets days=5 told_days=2
maren posts /biz/promises/grants kind=tickets mail=clem@example.org units=3
maren posts /biz/promises/uses kind=tickets mail=clem@example.org units=1 price=4.00 -> 422
maren sees "Tickets pay for nothing. Leave the price out."
maren posts /biz/promises/uses kind=tickets mail=clem@example.org units=1 note="Summer draw"
clem opens /me/rewards
clem sees "2 tickets"
clem sees "Tickets take part in draws of Nordlicht Reisen. They pay for nothing."
later 4 days
clem reads "2 tickets of Nordlicht Reisen end on 27 June 2026"
later 2 days
clem opens /me/rewards
clem sees "0 tickets"
clem sees "0.50\xC2\xA0EUR"

# Money may not be promised as if it were units, and new rules hold for what is given after them.
maren posts /biz/promises?kind=points kind=points per=10 worth=1.00 days=0 told_days=0
maren posts /biz/promises/grants kind=points mail=clem@example.org units=25
clem opens /me/rewards
clem sees "Worth 2.50\xC2\xA0EUR there today"
clem sees "They have no end."
