# An offer sets money aside for seven days at most. Whether nobody answers, somebody says no, or the
# business takes it back: the money is free again, to the cent.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
photo pattern /usr/share/backgrounds/analogpattern_by_Peter_Nerlich.jpg by ines checked by sam title="Pattern" tags="pattern" category=abstract standard=50.00

# Nobody answers: on the sixth day the money is still set aside, after the seventh it is free.
maren posts /photos/{pattern}/offer licence=standard price=30.00
maren keeps talk del_
books nordlicht wallet is 100.00 held 30.00
later 6 days
books nordlicht wallet is 100.00 held 30.00
later 25 hours
books nordlicht wallet is 100.00
ines posts /me/deals/{talk}/answer answer=accept seen=30.00 -> 409
ines sees "It has moved on meanwhile."
maren opens /biz/deals?which=ended
maren sees "Pattern"
books ines earnings is 0.00

# She answers with another price and the business is silent: that lapses, too.
maren posts /photos/{pattern}/offer licence=standard price=30.00
maren keeps talk del_
ines posts /me/deals/{talk}/answer answer=counter price=45.00
books nordlicht wallet is 100.00
later 8 days
maren posts /biz/deals/{talk}/answer answer=accept seen=45.00 -> 422
books nordlicht wallet is 100.00
books ines earnings is 0.00

# She says no.
maren posts /photos/{pattern}/offer licence=standard price=10.00
maren keeps talk del_
books nordlicht wallet is 100.00 held 10.00
ines posts /me/deals/{talk}/answer answer=decline note="Not for ten."
books nordlicht wallet is 100.00
maren opens /biz/deals/{talk}
maren sees "Not for ten."

# The business takes its offer back before she answers.
maren posts /photos/{pattern}/offer licence=standard price=40.00
maren keeps talk del_
maren posts /biz/deals/{talk}/answer answer=decline
books nordlicht wallet is 100.00
ines posts /me/deals/{talk}/answer answer=accept seen=40.00 -> 409
books ines earnings is 0.00

# Her own price is declined with a reason that she reads.
maren posts /photos/{pattern}/offer licence=standard price=30.00
maren keeps talk del_
ines posts /me/deals/{talk}/answer answer=counter price=49.00
maren posts /biz/deals/{talk}/answer answer=decline -> 422
maren posts /biz/deals/{talk}/answer answer=decline note="Then we take another one."
ines opens /me/deals/{talk}
ines sees "Then we take another one."
ines sees "Offered 30.00\xC2\xA0EUR."
ines sees "Named 49.00\xC2\xA0EUR."

# Money that is set aside can't be offered twice.
maren posts /photos/{pattern}/offer licence=standard price=60.00
maren keeps talk del_
maren posts /photos/{pattern}/offer licence=standard price=40.01 -> 422
maren sees "The wallet does not hold that much."
books nordlicht wallet is 100.00 held 60.00
# Another price on top of her answer takes its place instead of adding to it.
ines posts /me/deals/{talk}/answer answer=counter price=90.00
maren posts /biz/deals/{talk}/answer answer=offer price=80.00
books nordlicht wallet is 100.00 held 80.00
ines posts /me/deals/{talk}/answer answer=counter price=85.00
maren posts /biz/deals/{talk}/answer answer=offer price=80.00 note="Not a cent more."
ines posts /me/deals/{talk}/answer answer=accept seen=80.00
# Every step that named a price still says which, on both sides.
ines opens /me/deals/{talk}
ines sees "Offered 60.00\xC2\xA0EUR."
ines sees "Named 90.00\xC2\xA0EUR."
ines sees "Offered 80.00\xC2\xA0EUR."
ines sees "Named 85.00\xC2\xA0EUR."
ines misses "Made an offer."
ines misses "Named another price."
ines misses "Agreed on"
maren opens /biz/deals/{talk}
maren sees "The business offered: <b>60.00\xC2\xA0EUR"
maren sees "The author asked: <b>90.00\xC2\xA0EUR"
maren sees "The business offered: <b>80.00\xC2\xA0EUR"
maren sees "The author asked: <b>85.00\xC2\xA0EUR"
books nordlicht wallet is 20.00
books ines earnings is 29.44
books platform income is 48.00
books platform fees is 2.56
