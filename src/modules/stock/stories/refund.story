# Money of a licence comes back: a part of it, then the rest after its author was paid out. Nobody loses a
# cent that is not theirs, both sides read why, and what the author owes is made up by the next sale.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
person pavel "Pavel Novák"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 200.00 EUR
business altstadt "Altstadt Verlag" of pavel with 1000.00 EUR
photo valley /usr/share/backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg by ines checked by sam title="Valley in the morning" tags="mountain, valley" category=nature standard=160.00 buyout=900.00
sam opens /desk/licences
sam sees "No licence has been bought yet."

# 40 % of 160.00 is 64.00, less 5.12 for handling.
maren posts /photos/{valley}/buy licence=standard seen=160.00
maren keeps licence lic_
maren opens /biz/deals?which=ended
maren keeps talk del_
books nordlicht wallet is 40.00
books ines earnings is 58.88
books platform income is 96.00
books platform fees is 5.12
ines signs in
ines posts /me/money/account holder="Inés Otero" iban="ES91 2100 0418 4502 0005 1332"

# Nobody but an operator looks or gives back.
maren opens /desk/licences 403
ines posts /desk/licences/{licence}/refund reason="Mine" -> 403
sam opens /desk/licences
sam sees "Valley in the morning"
# It is found by its own id, the talk's, the photograph's, and by words.
sam opens /desk/licences?q={licence}
sam sees "Nordlicht Reisen"
sam opens /desk/licences?q={talk}
sam sees "Nordlicht Reisen"
sam opens /desk/licences?q={valley}
sam sees "Nordlicht Reisen"
sam opens /desk/licences?q=morning+nordl
sam sees "Valley in the morning"
sam opens /desk/licences?q=evening
sam misses "Valley in the morning"
sam opens /desk/licences/{licence}
sam sees "Nordlicht Reisen"
sam sees "Maren Voss"
sam sees "58.88"

# What can't be read as a sum is no sum, and a reason is never left out; what was typed stays.
sam posts /desk/licences/{licence}/refund amount=1e309 reason="Too dark in print" -> 422
sam sees "Write the sum in digits, for example 12.50."
sam sees "Too dark in print"
sam posts /desk/licences/{licence}/refund amount=-0 reason="Too dark in print" -> 422
sam sees "Write the sum in digits, for example 12.50."
sam posts /desk/licences/{licence}/refund amount=12,3.4 reason="Too dark in print" -> 422
sam sees "12,3.4"
sam posts /desk/licences/{licence}/refund amount=0 reason="Too dark in print" -> 422
sam sees "This is less than allowed."
sam posts /desk/licences/{licence}/refund amount=160.01 reason="Too dark in print" -> 422
sam sees "This is more than is left. Nothing was given back."
sam sees "160.01"
sam posts /desk/licences/{licence}/refund amount=40.00 -> 422
sam sees "please fill this in"
sam sees "40.00"
sam posts /desk/licences/{licence}/refund amount=40.00 reason="   " -> 422
books nordlicht wallet is 40.00

# A part comes back, from each who got a share of it: 16.00 of the royalty less 1.28 handling, 24.00 from us.
sam posts /desk/licences/{licence}/refund amount=40.00 reason="The file was too dark in print." once=one-click
sam posts /desk/licences/{licence}/refund amount=40.00 reason="The file was too dark in print." once=one-click
sam posts /desk/licences/{licence}/refund amount=41.00 reason="The file was too dark in print." once=one-click -> 409
sam opens /desk/licences/{licence}
sam sees "The file was too dark in print."
sam sees "120.00"
books nordlicht wallet is 80.00
books ines earnings is 44.16
books platform income is 72.00
books platform fees is 3.84
books platform sale is 0.00

# Both read it: on their pages, in the talk, and by mail with the sum and what follows.
maren opens /licences/{licence}
maren sees "40.00\xC2\xA0EUR refunded on"
maren sees "The file was too dark in print."
maren sees "/licences/{licence}/original"
maren opens /biz/deals/{talk}
maren sees "A part came back; the licence stays as it is"
maren sees "40.00"
maren misses "sam"
maren opens /biz/wallet
maren sees "Taken back"
maren sees "+40.00"
maren reads "40.00\xC2\xA0EUR for “Valley in the morning” is in your wallet again"
maren sees "120.00\xC2\xA0EUR stay paid"
maren sees "The file was too dark in print."
ines reads "40.00\xC2\xA0EUR of “Valley in the morning” went back to Nordlicht Reisen"
ines sees "14.72\xC2\xA0EUR came from your earnings"
ines sees "There is nothing you need to do."
ines opens /me/earnings
ines sees "44.16\xC2\xA0EUR earned with 1 licence."
ines sees "14.72\xC2\xA0EUR was taken back on"
ines misses "58.88"
ines opens /me/earnings/{licence}
ines sees "14.72\xC2\xA0EUR from you, 25.28\xC2\xA0EUR from"
ines sees "Why 44.16\xC2\xA0EUR?"
ines downloads /me/earnings.csv text/csv
ines sees "14.72,44.16,EUR"
ines opens /me/money/lines
ines sees "Taken back"
ines opens /me/deals/{talk}
ines sees "The file was too dark in print."
pavel opens /licences/{licence} 404

# She has what is left paid out.
ines posts /me/money/payouts amount=44.16
sam opens /desk/payouts
sam keeps payout out_
sam posts /desk/payouts/{payout} event=approve
sam posts /desk/payment-file -> 200
sam posts /desk/payouts/{payout} event=confirm
books ines earnings is 0.00

# Then all the rest comes back, and the licence ends with it.
later 2 days
sam posts /desk/licences/{licence}/refund reason="The picture shows a private garden."
books nordlicht wallet is 200.00
books ines earnings is -44.16
books platform income is 0.00
books platform fees is 0.00
books platform sale is 0.00
sam posts /desk/licences/{licence}/refund reason="Once more" -> 422
sam sees "Nothing is left to give back: all of it came back before."
sam sees "Once more"
sam posts /desk/licences/{licence}/refund amount=1.00 reason="Once more" -> 422
sam asks /api/v1/desk/licences/{licence}
sam sees "The picture shows a private garden."
sam sees "person_name"
maren asks /api/v1/licences/{licence}
maren sees "The picture shows a private garden."
maren misses "\"sam\""
books nordlicht wallet is 200.00

# Its holder can't use it any more, and both know when and why.
maren opens /licences/{licence}
maren sees "The picture shows a private garden."
maren sees "may not be used under it any more"
maren misses "/licences/{licence}/original"
maren opens /licences/{licence}/original 410
maren downloads /licences/{licence}/certificate.json application/json
maren sees "The picture shows a private garden."
maren sees "ended"
maren opens /biz/deals?which=ended
maren sees "Refunded"
maren reads "120.00\xC2\xA0EUR for “Valley in the morning” is in your wallet again"
maren sees "The licence has ended"
ines reads "120.00\xC2\xA0EUR of “Valley in the morning” went back to Nordlicht Reisen"
ines sees "you owe 44.16\xC2\xA0EUR now"
ines opens /me
ines sees "You owe 44.16\xC2\xA0EUR"
ines opens /me/earnings
ines sees "You owe 44.16\xC2\xA0EUR"
ines sees "0.00\xC2\xA0EUR earned with 0 licences."
ines opens /me/money
ines sees "You owe 44.16\xC2\xA0EUR"
ines posts /me/money/payouts amount=25.00 -> 422
somebody opens /photos/{valley}
somebody misses "Nordlicht Reisen"
somebody opens /people/{ines}
somebody misses "licensed once"

# A new sale makes it up first; the rest is hers.
pavel posts /photos/{valley}/buy licence=standard seen=160.00
pavel keeps second lic_
books ines earnings is 14.72
ines opens /me/money
ines misses "You owe"
ines sees "14.72"

# When that comes back too, all rights can pass to Nordlicht: nobody else's licence runs any more.
sam posts /desk/licences/{second}/refund reason="Bought by mistake."
books altstadt wallet is 1000.00
pavel posts /photos/{valley}/buy licence=buyout seen=900.00
pavel keeps rights lic_
ines posts /me/offers/{valley}/restore -> 409
# Refunding that gives the photograph back to her: withdrawn, and hers to offer again.
sam posts /desk/licences/{rights}/refund amount=900.00 reason="The photograph was sold to somebody else before."
books altstadt wallet is 1000.00
books ines earnings is -44.16
books platform income is 0.00
books platform fees is 0.00
ines reads "900.00\xC2\xA0EUR of “Valley in the morning” went back to Altstadt Verlag"
ines sees "All rights are yours again"
ines opens /me/offers?which=ended
ines sees "Valley in the morning"
ines opens /me/offers/{valley}
ines sees "The photograph was sold to somebody else before."
ines posts /me/offers/{valley}/restore
sam posts /desk/photos/{valley}/accept
somebody opens /photos/{valley}
somebody misses "All rights were bought"
maren posts /photos/{valley}/buy licence=standard seen=160.00
books nordlicht wallet is 40.00
books ines earnings is 14.72
