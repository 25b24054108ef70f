# A photograph comes in, is described and accepted, found, and bought at list price; the books say so at each step.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
books nordlicht wallet is 100.00

ines sends /usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg as photo
ines posts /me/offers/{photo}/submit title="Before the mowing" tags="meadow, dandelion" category=nature standard=4.00
somebody opens /photos
somebody misses "Before the mowing"

sam posts /desk/photos/{photo}/accept
somebody opens /photos?q=dandelion
somebody sees "Before the mowing"

maren posts /photos/{photo}/buy licence=standard seen=4.00
books nordlicht wallet is 96.00
books ines earnings is 1.47
books platform income is 2.40
books platform fees is 0.13
books platform sale is 0.00
# Both legs of the sale are one line of the person's statement; it opens to all four.
ines opens /me/money/lines
ines sees "+1.47"
ines keeps posting pst_
ines opens /me/money/lines/{posting}
ines sees "2.40"
sam asks /api/v1/me/money/lines/{posting} 404

# Buying and making an offer are two forms of one page, each with a key of its own.
maren opens /photos/{photo}
maren sees "-buy\x22>"
maren sees "-offer\x22>"

# The price changed meanwhile: nothing happens.
maren posts /photos/{photo}/buy licence=standard seen=3.00 -> 422
books nordlicht wallet is 96.00
