# What goes wrong is named, and nothing is lost or half done.
at 2026-06-01T09:00:00Z
stranger ines
ines posts /sign-up name="Inés Otero" mail=ines@example.org password="seeds in the wind"
person maren "Maren Voss"
person pavel "Pavel Novák"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 10.00 EUR
business altstadt "Altstadt Verlag" of pavel with 1000.00 EUR

# ---- Files that are not what they seem. Each stands among the arrivals with its reason. ----
# A hundred bytes that are called a photograph.
file holiday.jpg {x*100}
ines sends holiday.jpg
ines opens /me/arrivals
ines sees "holiday.jpg"
ines sees "This is no format we take."
# A hundred bytes of a real one, and one cut off half way.
file start.jpg /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg:100
ines sends start.jpg
file half.jpg /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg:450000
ines sends half.jpg
ines opens /me/arrivals
ines sees "half.jpg"
ines sees "The file ends too early, as if sending broke off."
# A picture with an archive hidden behind its end.
file silk.png /usr/share/backgrounds/mate/abstract/Silk.png "PK\x03\x04\x14\x00\x00\x00\x08\x00" secret.txt
ines sends silk.png
ines opens /me/arrivals
ines sees "silk.png"
ines sees "Something else is appended to the picture, so it was not kept."
# A drawing with a program inside.
file logo.svg "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
ines sends logo.svg
ines opens /me/arrivals
ines sees "logo.svg"
ines sees "Drawings in SVG can carry programs and are not taken."
ines misses "alert(1)"
# A small file that would unfold into 1,600 million pixels.
file huge.png "\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x9c\x40\x00\x00\x9c\x40\x08\x02\x00\x00\x00\xde\x6e\x99\x52" "\x00\x00\x00\x04IDAT\x08\x1d\x01\x00\x00\x00\x00\x00" "\x00\x00\x00\x00IEND\xae\x42\x60\x82"
ines sends huge.png
ines opens /me/arrivals
ines sees "huge.png"
ines sees "More pixels than we can take: at most 100 million."
# The same file twice, also under another name.
ines sends /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg as bridge
file again.jpg /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg
ines sends again.jpg
ines opens /me/arrivals
ines sees "again.jpg"
ines sees "You offered this very file before; it is among your photographs."

# ---- Words and prices. ----
# A title of sixty thousand letters or of a million says how many there may be.
ines posts /me/offers/{bridge}/submit title={a*60000} tags="bridge" category=city standard=4.00 -> 422
ines sees "of 200 characters"
ines posts /me/offers/{bridge}/submit title={a*1000000} tags="bridge" category=city standard=4.00 -> 422
ines sees "of 200 characters"
# Bytes that are no text, and a NUL.
ines posts /me/offers/{bridge}/submit title="Bridge \xff\xfe" tags="bridge, river" category=city standard=4.00 -> 422
ines sees "Some characters could not be read."
ines sees "bridge, river"
ines posts /me/offers/{bridge}/submit title="Bridge\x00" tags="bridge" category=city standard=4.00 -> 422
ines sees "Some characters could not be read."
# Sums that are none, or too little, or too much.
ines posts /me/offers/{bridge}/submit title="Bridge" tags="bridge, river" category=city standard=1e309 -> 422
ines sees "Write the sum in digits, for example 12.50."
ines sees "bridge, river"
ines posts /me/offers/{bridge}/submit title="Bridge" tags="bridge" category=city standard=12,3.4 -> 422
ines sees "Write the sum in digits, for example 12.50."
ines posts /me/offers/{bridge}/submit title="Bridge" tags="bridge" category=city standard=-0 -> 422
ines posts /me/offers/{bridge}/submit title="Bridge" tags="bridge" category=city standard=0 -> 422
ines sees "This is less than allowed."
ines posts /me/offers/{bridge}/submit title="Bridge" tags="bridge" category=city standard=99999999999999999999 -> 422
ines posts /me/offers/{bridge}/submit title="Bridge" tags="bridge" category=city standard=4.001 -> 422
ines posts /me/offers/{bridge}/submit title="Bridge" tags="bridge" category=beauty standard=4.00 -> 422
ines sees "Choose one of the answers offered."
# None of this was kept.
ines opens /me/offers/{bridge}
ines misses "bridge, river"

ines posts /me/offers/{bridge}/submit title="The bridge at noon" tags="bridge" category=city standard=10.01 buyout=400.00
sam posts /desk/photos/{bridge}/accept

# ---- Buying. ----
# The wallet is one cent short: 10.00 for a price of 10.01.
maren posts /photos/{bridge}/buy licence=standard seen=10.01 -> 422
maren sees "The wallet does not hold that much. Nothing was paid."
books nordlicht wallet is 10.00
books ines earnings is 0.00
# A price that was never shown, a licence that isn't offered, a photograph that doesn't exist.
pavel posts /photos/{bridge}/buy licence=standard seen=1.00 -> 422
pavel sees "The price above is the one that holds now."
pavel posts /photos/{bridge}/buy licence=extended seen=10.01 -> 422
pavel posts /photos/{bridge}/buy licence=standard seen=-10.01 -> 422
pavel posts /photos/pho_zzzzzzzzzzzzz/buy licence=standard seen=10.01 -> 404
books altstadt wallet is 1000.00

# A double click on Buy is one licence: the second answer names the same one. 40 % of 10.01 is 4.00, less 0.32.
pavel posts /photos/{bridge}/buy licence=standard seen=10.01 once=click
pavel keeps licence lic_
books altstadt wallet is 989.99
pavel posts /photos/{bridge}/buy licence=standard seen=10.01 once=click
pavel follows
pavel sees "{licence}"
books altstadt wallet is 989.99
books ines earnings is 3.68
# The same click can't suddenly mean something else.
pavel posts /photos/{bridge}/offer licence=standard price=5.00 once=click -> 422
books altstadt wallet is 989.99

# She takes the photograph back while Pavel has its page open.
pavel opens /photos/{bridge}
pavel sees "Buy for"
ines posts /me/offers/{bridge}/withdraw
pavel posts /photos/{bridge}/buy licence=standard seen=10.01 -> 422
pavel sees "It has been withdrawn or sold meanwhile. Nothing was bought, nothing was taken."
books altstadt wallet is 989.99

# Two buyers want all rights of the same photograph: one gets them, the other is told and keeps the money.
maren posts /biz/wallet/pay-in amount=1000.00 rail=test
photo valley /usr/share/backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg by ines checked by sam title="Valley" tags="valley" category=nature standard=10.00 buyout=300.00
maren opens /photos/{valley}?licence=buyout
pavel opens /photos/{valley}?licence=buyout
maren posts /photos/{valley}/buy licence=buyout seen=300.00
pavel posts /photos/{valley}/buy licence=buyout seen=300.00 -> 422
pavel sees "Nothing was bought, nothing was taken."
books nordlicht wallet is 710.00
books altstadt wallet is 989.99
# 40 % of 300.00 is 120.00, less 9.60.
books ines earnings is 114.08
books platform sale is 0.00
books platform income is 186.01
books platform fees is 9.92

# ---- The session ends in the middle of the form. What she typed is there again after signing in. ----
ines sends /usr/share/backgrounds/friends_by_Aitzol_Berasategi.jpg as friends
later 31 days
ines posts /me/offers/{friends}/submit title="Friends at noon" description="An hour of work went into this sentence." tags="friends" category=people standard=10.01 buyout=400.00 -> 303
ines follows
ines keeps resume /me/offers/
ines posts /sign-in mail=ines@example.org password="wrong, in her hurry" next={resume} -> 422
ines posts /sign-in mail=ines@example.org password="seeds in the wind" next={resume}
ines follows
ines sees "An hour of work went into this sentence."
ines posts /me/offers/{friends}/submit title="Friends at noon" description="An hour of work went into this sentence." tags="friends" category=people standard=10.01 buyout=400.00
ines opens /me/offers?which=reading
ines sees "Friends at noon"
