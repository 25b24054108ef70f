# A photograph is found and bought at list price; the books say so before and after.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
photo path /usr/share/backgrounds/aitzgorri_by_Aitzol_Berasategi.jpg by ines checked by sam title="The path" tags="mountain, path" category=nature standard=4.00
books nordlicht wallet is 100.00
books platform world is -100.00
somebody opens /photos
somebody sees "The path"
# Without signing in nobody buys; with a business it is one click.
somebody posts /photos/{path}/buy licence=standard seen=4.00 -> 303
maren opens /photos/{path}
maren sees "Buy for"
maren posts /photos/{path}/buy licence=standard seen=4.00
maren follows
maren sees "The path"
# 40 % of 4.00 is 1.60 for Inés, less 8 % of that (0.13) for handling; the intermediary keeps 2.40.
books nordlicht wallet is 96.00
books ines earnings is 1.47
books platform income is 2.40
books platform fees is 0.13
books platform sale is 0.00
books platform world is -100.00
ines opens /me/earnings
ines sees "1.47"
maren opens /biz/licences
maren sees "The path"
