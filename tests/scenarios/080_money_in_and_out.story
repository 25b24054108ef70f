# Money comes in by bank transfer and goes out to a person's bank. Nothing counts before it is there,
# and nothing that the bank sends back is lost.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren
photo valley /usr/share/backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg by ines checked by sam title="Valley in the morning" tags="mountain, valley" category=nature standard=80.00

# Maren announces 250 euros by bank transfer. Announced money can't be spent.
maren posts /biz/wallet/pay-in amount=12,3.4 rail=bank -> 422
maren sees "Write the sum in digits, for example 12.50."
maren posts /biz/wallet/pay-in amount=250.00 rail=bank
maren keeps payment pay_
maren follows
maren sees "DE89 3704 0044 0532 0130 00"
books nordlicht wallet is 0.00
maren opens /biz
maren sees "250.00\xC2\xA0EUR by bank transfer is not here yet"
maren posts /photos/{valley}/buy licence=standard seen=80.00 -> 422
maren sees "The wallet does not hold that much. Nothing was paid."

# The operator sees it on the account and confirms it; once, also when clicked twice.
sam opens /desk/payments
sam sees "Nordlicht Reisen"
sam posts /desk/payments/{payment} event=receive
sam posts /desk/payments/{payment} event=receive -> 409
books nordlicht wallet is 250.00
maren opens /biz
maren misses "by bank transfer is not here yet"
# A payment that never came is called off by whoever announced it.
maren posts /biz/wallet/pay-in amount=99.00 rail=bank
maren keeps mistake pay_
maren posts /biz/wallet/payments/{mistake}/cancel
sam posts /desk/payments/{mistake} event=receive -> 409
books nordlicht wallet is 250.00

# A licence for 80.00: Inés, on the first level, has 40 % of it (32.00) less 8 % of that for handling (2.56).
maren posts /photos/{valley}/buy licence=standard seen=80.00
books nordlicht wallet is 170.00
books ines earnings is 29.44
books platform sale is 0.00
books platform income is 48.00
books platform fees is 2.56

# She wants it on her account. Without an account, with a mistyped one, or below the minimum, it stays.
ines posts /me/money/payouts amount=29.44 -> 409
ines signs in
ines posts /me/money/account holder="Inés Otero" iban="ES91 2100 0418 4502 0005 1333" -> 422
ines sees "ES91 2100 0418 4502 0005 1333"
ines posts /me/money/account holder="Inés Otero" iban="ES91 2100 0418 4502 0005 1332"
ines posts /me/money/payouts amount=24.99 -> 422
ines posts /me/money/payouts amount=29.45 -> 422
ines posts /me/money/payouts amount=1e309 -> 422
books ines earnings is 29.44
ines posts /me/money/payouts amount=29.44 once=one-click
ines posts /me/money/payouts amount=29.44 once=one-click
books ines earnings is 0.00
books ines payouts is 29.44

# The operator rejects it with a reason, which the person reads; the money is back.
sam opens /desk/payouts
sam sees "Inés Otero"
sam keeps payout out_
sam posts /desk/payouts/{payout} event=reject -> 422
ines posts /me/profile name="Inés Otero" language=fr
sam posts /desk/payouts/{payout} event=reject note="The bank says that this account is closed."
books ines earnings is 29.44
books ines payouts is 0.00
ines opens /me/money
ines sees "The bank says that this account is closed."
ines opens /me
ines sees "The bank says that this account is closed."

# A mail tells her, too, in the language that she chose, with what to do.
ines reads "29,44\xC2\xA0EUR sont revenus"
ines sees "The bank says that this account is closed."
ines sees "sur le compte ES•• 1332"
ines sees "/me/money"
ines posts /me/profile name="Inés Otero" language=en

# Again, with another account: approved, written into the bank's file, and confirmed when the bank has done it.
ines signs in
ines posts /me/money/account holder="Inés Otero" iban="DE75512108001245126199"
ines opens /me
ines sees "Your payout of 29.44\xC2\xA0EUR came back"
ines posts /me/money/payouts amount=29.44
ines opens /me
ines misses "came back"
sam posts /desk/payment-file
sam follows
sam misses "Inés Otero"
sam opens /desk/payouts
sam keeps payout out_
sam posts /desk/payouts/{payout} event=confirm -> 409
sam posts /desk/payouts/{payout} event=approve
sam posts /desk/payment-file -> 200
sam sees "pain.001.001.09"
sam sees "<CtrlSum>29.44</CtrlSum>"
sam sees "<IBAN>DE75512108001245126199</IBAN>"
ines reads "29.44\xC2\xA0EUR is on its way to your bank"
ines sees "DE•• 6199"
# It went into one file and goes into no second one.
sam posts /desk/payment-file
sam follows
sam misses "Inés Otero"
books ines payouts is 29.44
sam posts /desk/payouts/{payout} event=confirm
books ines payouts is 0.00
books ines earnings is 0.00
ines opens /me/money
ines sees "29.44"

# What she asked for she takes back herself, as long as nobody has approved it; nobody else does.
maren posts /photos/{valley}/buy licence=standard seen=80.00
books ines earnings is 29.44
ines posts /me/money/payouts amount=29.44
ines opens /me/money
ines sees "Take 29.44 EUR back"
sam opens /desk/payouts
sam keeps payout out_
maren posts /me/money/payouts/{payout}/withdraw -> 404
sam posts /desk/payouts/{payout} event=withdraw -> 409
books ines payouts is 29.44
ines posts /me/money/payouts/{payout}/withdraw
ines follows
ines sees "Taken back. The sum is in your balance again."
ines misses "Take 29.44 EUR back"
books ines earnings is 29.44
books ines payouts is 0.00
sam posts /desk/payouts/{payout} event=approve -> 409
ines posts /me/money/payouts/{payout}/withdraw -> 409
ines posts /me/money/payouts amount=29.44
sam opens /desk/payouts
sam keeps payout out_
sam posts /desk/payouts/{payout} event=approve
ines posts /me/money/payouts/{payout}/withdraw -> 409
ines sees "It has moved on meanwhile."
books ines earnings is 0.00
books ines payouts is 29.44

# Nobody but an operator decides about money.
ines opens /desk/payouts 403
maren posts /desk/payment-file -> 403
somebody opens /me/money 303
