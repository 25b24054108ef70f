# What people and businesses own leaves as files: each its own, nobody another's, and nothing that a spreadsheet runs.
at 2026-06-01T09:00:00Z
person ines "=Inés Otero"
person maren "Maren Voss"
person olga "Olga Brandt"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
business haus "Haus am Hafen" of olga with 10.00 EUR
photo meadow /usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg by ines checked by sam title="Before the mowing" tags="meadow" category=nature standard=40.00
maren posts /photos/{meadow}/buy licence=standard seen=40.00

maren opens /biz/exports/deals
maren sees "deal,kind,state,supplier,buyer,price,price_currency,begun,moved"
maren sees ",'=Inés Otero,Nordlicht Reisen,40.00,EUR,2026-06-01T09:00:00"
ines opens /me/exports/deals?format=lines
ines sees "Nordlicht Reisen"
ines sees "4000"
olga opens /biz/exports/deals
olga misses "Nordlicht"
maren opens /biz/exports/payments
maren sees ",100.00,EUR,"
olga opens /biz/exports/payments
olga misses ",100.00,EUR,"
maren opens /biz/exports/members
maren sees ",Maren Voss,owner,2026-06-01T09:00:00"
maren misses "Olga"
maren opens /biz/exports/obligations
maren sees "obligation,plan,number,title,debtor,creditor,amount,amount_currency,fee,fee_currency,paid,paid_currency,state,due"
maren opens /biz/exports/deals?format=xlsx 422

# What she takes out is hers alone.
ines posts /me/money/account holder="Inés Otero" iban="ES91 2100 0418 4502 0005 1332"
ines opens /me/money
ines opens /me/exports/payouts
ines sees "payout,amount,amount_currency,holder,iban,state,asked,moved"
ines misses "ES91"
ines opens /biz/exports/deals 403
somebody opens /me/exports/deals 303
