# A photograph from the camera to the bank: Inés sends it, an operator accepts it, a business offers less,
# she asks for more, they agree; the business downloads the original, and her share reaches her account.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 150.00 EUR

# She sends the file. It is a draft that only she sees.
ines sends /usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg as seeds
ines opens /me/offers
ines sees "seeding_by_Clements_Engelhardt.jpg"
maren opens /me/offers/{seeds} 404
somebody opens /photos/{seeds} 404

# Without a title, tags and a price it can't be offered; what she did write stays.
ines posts /me/offers/{seeds}/submit description="Late summer, against the light." category=nature -> 422
ines sees "Title: please fill this in."
ines misses "Title: Title"
ines sees "Late summer, against the light."
ines posts /me/offers/{seeds}/submit title="Seeds in the wind" description="Late summer, against the light." tags="seeds, wind, summer" category=nature standard=120.00 buyout=900.00
somebody opens /photos
somebody misses "Seeds in the wind"

# The operator finds it in the queue and accepts it: now everybody finds it.
sam opens /desk
sam sees "Seeds in the wind"
sam posts /desk/photos/{seeds}/accept
ines opens /me/offers?which=catalogue
ines sees "Seeds in the wind"
somebody opens /photos
somebody sees "Seeds in the wind"
somebody opens /photos/{seeds}
somebody sees "Sign in to buy for"

# Maren offers 80 for what costs 120. The money is set aside, not gone.
books nordlicht wallet is 150.00
maren posts /photos/{seeds}/offer licence=standard price=80.00 note="For a small brochure."
maren keeps talk del_
books nordlicht wallet is 150.00 held 80.00
books ines earnings is 0.00

# Inés reads it and asks for 99.99. The money of the offer is free again.
ines opens /me/deals
ines sees "Nordlicht Reisen"
ines opens /me/deals/{talk}
ines sees "For a small brochure."
ines posts /me/deals/{talk}/answer answer=counter price=99.99 note="It took me a whole summer."
books nordlicht wallet is 150.00
# She can't agree to her own price.
ines posts /me/deals/{talk}/answer answer=accept seen=99.99 -> 403
ines sees "That is for the other side to do"

# Maren reads why, and agrees to exactly the price she saw.
maren opens /biz
maren sees "It took me a whole summer."
maren posts /biz/deals/{talk}/answer answer=accept seen=80.00 -> 422
maren sees "The price above is the one that holds now. Nothing was bought, nothing was taken."
books nordlicht wallet is 150.00
maren posts /biz/deals/{talk}/answer answer=accept seen=99.99
maren keeps licence lic_

# 40 % of 99.99 is 39.996, so 40.00; of that 8 % is 3.20 for handling; the rest of the price is 59.99.
books nordlicht wallet is 50.01
books ines earnings is 36.80
books platform sale is 0.00
books platform income is 59.99
books platform fees is 3.20
ines opens /me/earnings
ines sees "36.80"
ines opens /me/earnings/{licence}
ines sees "99.99"
ines sees "40.00"
ines sees "3.20"

# The licensed copy is made, and carries who took it. The link to it is good for fifteen minutes.
maren opens /licences/{licence}
maren sees "Seeds in the wind"
ines opens /licences/{licence}
sam opens /licences/{licence}
somebody opens /licences/{licence} 303
maren opens /licences/{licence}/original
maren keeps link /download/
maren downloads {link} image/jpeg
maren sees "Inés Otero"
later 16 minutes
maren opens {link} 410
maren sees "A link to an original is good for 15 minutes."

# Inés wants her money: to her own account, all of it.
ines signs in
ines posts /me/money/account holder="Inés Otero" iban="ES91 2100 0418 4502 0005 1332"
ines posts /me/money/payouts amount=36.80
books ines earnings is 0.00
books ines payouts is 36.80
sam opens /desk/payouts
sam sees "Inés Otero"
sam keeps payout out_
sam posts /desk/payouts/{payout} event=approve
sam posts /desk/payment-file -> 200
sam sees "<CtrlSum>36.80</CtrlSum>"
sam sees "<IBAN>ES9121000418450200051332</IBAN>"
sam posts /desk/payouts/{payout} event=confirm
ines opens /me/money
ines sees "36.80"
books ines payouts is 0.00
books ines earnings is 0.00
books nordlicht wallet is 50.01
books platform income is 59.99
books platform fees is 3.20
