# All rights are sold once, and only while nobody else may use the picture. Afterwards nobody can license it.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
person pavel "Pavel Novák"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 1000.00 EUR
business altstadt "Altstadt Verlag" of pavel with 1000.00 EUR
photo pattern /usr/share/backgrounds/Picture_0B_by_freespace.jpg by ines checked by sam title="Waves" tags="waves" category=abstract standard=10.00 buyout=500.00
photo free /usr/share/backgrounds/free_by_Peter_Nerlich.jpg by ines checked by sam title="Free" tags="free" category=abstract standard=10.00 buyout=500.00

# Pavel licenses "Waves". From then on all rights can't pass to anybody else: his licence has no end.
pavel posts /photos/{pattern}/buy licence=standard seen=10.00
books altstadt wallet is 990.00
books ines earnings is 3.68
maren opens /photos/{pattern}
maren sees "Not possible: others hold licences that have no end"
maren posts /photos/{pattern}/buy licence=buyout seen=500.00 -> 422
maren sees "All rights can't pass while licences of others run. Nothing was taken."
maren posts /photos/{pattern}/offer licence=buyout price=900.00
maren keeps talk del_
books nordlicht wallet is 1000.00 held 900.00
# Inés would like to, but she can't either.
ines posts /me/deals/{talk}/answer answer=accept seen=900.00 -> 409
ines sees "All rights can't pass while licences of others run. Nothing was taken."
ines posts /me/deals/{talk}/answer answer=decline
books nordlicht wallet is 1000.00
books ines earnings is 3.68
# More licences of the same kind are no conflict.
maren posts /photos/{pattern}/buy licence=standard seen=10.00
books nordlicht wallet is 990.00
books ines earnings is 7.36

# "Free" is nobody's yet. Pavel has an offer for it running when Maren buys all rights.
pavel posts /photos/{free}/offer licence=standard price=8.00
pavel keeps late del_
books altstadt wallet is 990.00 held 8.00
maren posts /photos/{free}/buy licence=buyout seen=500.00
maren keeps rights lic_
# 40 % of 500.00 is 200.00, less 16.00 for handling.
books nordlicht wallet is 490.00
books ines earnings is 191.36
books platform income is 312.00
books platform fees is 16.64
# It has left the catalogue; its page says why.
somebody opens /photos
somebody misses "Free"
somebody opens /photos?q=free
somebody sees "No photograph of that. Yet."
somebody opens /photos/{free}
somebody sees "All rights were bought. The photograph has left the catalogue."
maren opens /licences/{rights}
maren sees "All rights"
ines opens /me/rights
ines sees "Free"

# No licence after that, however one asks for it; and Pavel's money is not lost.
pavel posts /photos/{free}/buy licence=standard seen=10.00 -> 422
pavel sees "It has been withdrawn or sold meanwhile. Nothing was bought, nothing was taken."
pavel posts /photos/{free}/buy licence=buyout seen=500.00 -> 422
# A program is told of a licence with all its members, though none can be bought.
pavel asks /photos/{free}
pavel misses "null"
pavel posts /photos/{free}/offer licence=standard price=9.00 -> 422
ines posts /me/deals/{late}/answer answer=accept seen=8.00 -> 409
books altstadt wallet is 990.00 held 8.00
later 8 days
books altstadt wallet is 990.00
books ines earnings is 191.36
# Nor can Inés take back, change or offer again what is no longer hers.
ines posts /me/offers/{free}/withdraw -> 409
ines posts /me/offers/{free}/restore -> 409
ines posts /me/offers/{free}/describe title="Mine again" tags="free" category=abstract standard=1.00 -> 409
# Nobody licenses their own work.
ines posts /biz/found name="Otero Bilder"
ines posts /biz/wallet/pay-in amount=50.00 rail=test
ines posts /photos/{pattern}/buy licence=standard seen=10.00 -> 422
ines sees "You can't license your own work for a business."
