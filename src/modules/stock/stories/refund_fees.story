# A licence under three fees comes back in two halves: one fee is borne by the author, one by the business on top
# of the price, one by the intermediary. Each comes back in the part in which the money does, and nothing is left.
at 2026-06-01T09:00:00Z
setting stock.fees "handling: 5% of price, min 0.50, max 4.00, by supplier; service: 4% + 1.00 of price, min 1.20, by buyer; partner: 2% of share, min 0.33, by intermediary"
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 200.00 EUR
photo stalls /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg by ines checked by sam title="Stalls at the bridge" tags="market, night" category=city standard=15.00

# 15.00 and 1.60 on top. Of the 15.00 Inés has 6.00 less 0.75; of our 9.00 we bear 0.33.
maren posts /photos/{stalls}/buy licence=standard seen=15.00 total=16.60
maren keeps licence lic_
maren opens /biz/deals?which=ended
maren keeps talk del_
books nordlicht wallet is 183.40
books ines earnings is 5.25
books platform income is 8.67
books platform fees is 2.68
maren opens /biz/licences
maren sees "16.60"
sam opens /desk/licences
sam sees "16.60"
sam opens /desk/licences/{licence}
sam sees "16.60\xC2\xA0EUR can be given back"

# What can come back is what was paid, not the price, and not a cent more.
sam posts /desk/licences/{licence}/refund amount=16.61 reason="Not the bridge it says." -> 422
sam sees "This is more than is left. Nothing was given back."

# Half of it: 3.00 of the share less 0.37 of the handling, 0.80 of the service fee, 0.16 of the commission.
sam posts /desk/licences/{licence}/refund amount=8.30 reason="Not the bridge it says."
books nordlicht wallet is 191.70
books ines earnings is 2.62
books platform income is 4.33
books platform fees is 1.35
books platform sale is 0.00
sam opens /desk/licences/{licence}
sam sees "Service fee → "
sam sees "8.30\xC2\xA0EUR came back; 8.30\xC2\xA0EUR can still be given back"
maren opens /licences/{licence}
maren sees "Left of what was paid"
maren reads "8.30\xC2\xA0EUR for “Stalls at the bridge” is in your wallet again"
maren sees "8.30\xC2\xA0EUR stay paid"
ines opens /me/earnings/{licence}
ines sees "2.63\xC2\xA0EUR from you, 5.67\xC2\xA0EUR from"
ines sees "Why 2.62\xC2\xA0EUR?"
ines sees "Service fee, 4% of the price + 1.00"

# Other fees from now on change nothing of what was sold; the rest leaves nothing anywhere.
setting stock.fees "handling: 50% of share, by supplier"
sam posts /desk/licences/{licence}/refund reason="Not the bridge it says."
books nordlicht wallet is 200.00
books ines earnings is 0.00
books platform income is 0.00
books platform fees is 0.00
books platform sale is 0.00
sam posts /desk/licences/{licence}/refund reason="Once more" -> 422
maren opens /biz/deals/{talk}
maren sees "What was left of your payment is in your wallet again"
