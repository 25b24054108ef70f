# The navigation marks the entry that a page belongs to, never the portal's front instead, and none where there is none.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
photo pattern /usr/share/backgrounds/analogpattern_by_Peter_Nerlich.jpg by ines checked by sam title="Pattern" tags="pattern" category=abstract standard=50.00
maren posts /photos/{pattern}/offer licence=standard price=30.00
maren keeps talk del_

ines opens /me
ines sees "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/offers
ines sees "href=\x22/me/offers\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/offers/{pattern}
ines sees "href=\x22/me/offers\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/arrivals
ines sees "href=\x22/me/offers\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/collections
ines sees "href=\x22/me/offers\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/deals
ines sees "href=\x22/me/offers\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/deals/{talk}
ines sees "href=\x22/me/offers\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/money
ines sees "href=\x22/me/earnings\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/rights
ines sees "href=\x22/me/rights\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
ines opens /me/profile
ines sees "href=\x22/me/profile\x22 aria-current=\x22page\x22"
ines misses "href=\x22/me\x22 aria-current=\x22page\x22"
maren opens /biz
maren sees "href=\x22/biz\x22 aria-current=\x22page\x22"
maren opens /biz/deals/{talk}
maren sees "href=\x22/biz/deals\x22 aria-current=\x22page\x22"
maren misses "href=\x22/biz\x22 aria-current=\x22page\x22"
maren opens /biz/wallet
maren sees "href=\x22/biz/wallet\x22 aria-current=\x22page\x22"
maren misses "href=\x22/biz\x22 aria-current=\x22page\x22"
maren opens /biz/members
maren sees "href=\x22/biz/members\x22 aria-current=\x22page\x22"
maren misses "href=\x22/biz\x22 aria-current=\x22page\x22"
sam opens /desk
sam sees "href=\x22/desk\x22 aria-current=\x22page\x22"
sam opens /desk/photos/{pattern}
sam sees "href=\x22/desk\x22 aria-current=\x22page\x22"
sam opens /desk/payouts
sam sees "href=\x22/desk/payouts\x22 aria-current=\x22page\x22"
sam misses "href=\x22/desk\x22 aria-current=\x22page\x22"
maren opens /photos/{pattern}
maren sees "href=\x22/photos\x22 aria-current=\x22page\x22"
maren opens /people/{ines}
maren misses "aria-current=\x22page\x22"
