# Three fees: one out of the author's share, one on top for the business, one out of the intermediary's own part.
# Each is seen before anybody agrees, and posted as it was seen.
at 2026-06-01T09:00:00Z
setting stock.fees "handling: 5% of price, min 0.50, max 4.00, by supplier; service: 4% + 1.00 of price, min 1.20, by buyer; partner: 10% of share, by intermediary"
person ines "Inés Otero"
person maren "Maren Voss"
person olaf "Olaf Ruge"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 200.00 EUR
business short "Kleinverlag" of olaf with 16.59 EUR
photo stalls /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg by ines checked by sam title="Stalls at the bridge" tags="market, night" category=city standard=15.00 extended=120.00

# Anyone reads the rules, and what a price becomes by them.
somebody opens /how-money
somebody sees "Service fee, 4% of the price + 1.00"
somebody sees "Handling, 5% of the price"
somebody sees "Partner’s commission, 10% of the share"
somebody sees "At least 0.50 EUR, at most 4.00 EUR."
somebody sees "Borne by the business."

# 15.00 + 4 % (0.60) + 1.00 = 16.60. Of the 15.00 Inés has 40 %, which is 6.00, less 5 % of 15.00: 0.75.
maren opens /photos/{stalls}
maren sees "Service fee, 4% of the price + 1.00"
maren sees "1.60"
maren sees "Buy for 16.60"
maren sees "5.25"
olaf opens /photos/{stalls}
olaf sees "0.01 EUR is missing"
olaf posts /photos/{stalls}/buy licence=standard seen=15.00 -> 422
books short wallet is 16.59
# The total that was shown is what is paid, or nothing is.
maren posts /photos/{stalls}/buy licence=standard seen=15.00 total=16.59 -> 422
books nordlicht wallet is 200.00
maren posts /photos/{stalls}/buy licence=standard seen=15.00 total=16.60
maren keeps licence lic_
books nordlicht wallet is 183.40
books ines earnings is 5.25
# Of its 9.00 the intermediary bears 0.60; fees are 0.75 + 1.60 + 0.60.
books platform income is 8.40
books platform fees is 2.95
books platform sale is 0.00

# Both sides see the same lines afterwards.
maren opens /licences/{licence}
maren sees "Service fee, 4% of the price + 1.00"
maren sees "16.60"
maren sees "Handling, 5% of the price"
ines opens /me/earnings
ines sees "15.00 EUR × 40% − 0.75 EUR"
ines opens /me/earnings/{licence}
ines sees "handling, 5% of 15.00"
ines sees "At least 0.50 EUR, at most 4.00 EUR."
ines sees "Nordlicht Reisen paid on top of the price: Service fee, 4% of the price + 1.00"
ines sees "Partner’s commission, 10% of the share: 0.60"
ines asks /api/v1/me/earnings/{licence}
ines sees "fee.service"
ines sees "fee.partner"

# An offer sets the price and the fee aside: 100.00 + 4.00 + 1.00. Handling stops at 4.00.
maren posts /photos/{stalls}/offer licence=extended price=100.00
maren keeps talk del_
books nordlicht wallet is 183.40 held 105.00
maren opens /biz
maren sees "−&nbsp;105.00"
ines opens /me/deals/{talk}
ines sees "Handling, 5% of the price"
ines sees "−&nbsp;4.00"
ines sees "36.00"
ines sees "105.00"
maren opens /biz/deals/{talk}
maren sees "105.00"
# She asks for more; the money is free, and what it would cost is shown to the business.
ines posts /me/deals/{talk}/answer answer=counter price=110.00
books nordlicht wallet is 183.40
maren opens /biz/deals/{talk}
maren sees "Accept for 115.40"
maren sees "5.40"
maren posts /biz/deals/{talk}/answer answer=offer price=105.00
books nordlicht wallet is 183.40 held 110.20

# Meanwhile the intermediary charges more. The talk stays under the fees it began with.
setting stock.fees "handling: 50% of share, by supplier; service: 10% of price, by buyer"
ines opens /me/deals/{talk}
ines sees "38.00"
ines posts /me/deals/{talk}/answer answer=accept seen=105.00
books nordlicht wallet is 73.20
books ines earnings is 43.25
# 63.00 less 4.20; 4.00 + 5.20 + 4.20.
books platform income is 67.20
books platform fees is 16.35
# What was licensed before stays as it was; what is new costs more.
ines opens /me/earnings/{licence}
ines sees "handling, 5% of 15.00"
maren posts /photos/{stalls}/buy licence=standard seen=15.00 total=16.60 -> 422
maren posts /photos/{stalls}/buy licence=standard seen=15.00 total=16.50
books nordlicht wallet is 56.70
books ines earnings is 46.25
books platform fees is 20.85

# A fee that would take more than the share takes what is left of it.
setting stock.fees "payment: 20.00, by supplier"
somebody opens /photos/{stalls}
somebody sees "receives"
maren posts /photos/{stalls}/buy licence=standard seen=15.00
maren keeps all lic_
books nordlicht wallet is 41.70
books ines earnings is 46.25
books platform fees is 26.85
ines opens /me/earnings/{all}
ines sees "Less than that, because nothing more was left."
# And without any the author has the whole share.
setting stock.fees ""
maren posts /photos/{stalls}/buy licence=standard seen=15.00
books ines earnings is 52.25
