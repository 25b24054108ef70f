# Sums over time: agreed on, paid by themselves, late with a fee, paid in parts, let go.
at 2026-01-31T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
person tove "Tove Lund"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 350.00 EUR

# Nordlicht is to pay Inés 1,000 euros in three parts, on the 31st of each month; the rest of dividing comes
# last. A plan that can't be is refused.
sam posts /desk/plans debtor={nordlicht} creditor={ines} title="A series of harbours" term=instalments sum=1000.00 parts=3 unit=month first=2026-02-27 month_day=31 -> 422
sam sees "the first day is the wanted one of its month"
sam posts /desk/plans debtor={nordlicht} creditor={nordlicht} title="To oneself" term=instalments sum=1000.00 parts=3 unit=month first=2026-02-28 -> 422
sam posts /desk/plans debtor={nordlicht} creditor={ines} title="A series of harbours" term=instalments sum=1000.00 parts=3 unit=month first=2026-02-28 month_day=31 grace=2 fee=15.00 automatic=on once=one-click
sam keeps plan pln_
sam posts /desk/plans debtor={nordlicht} creditor={ines} title="A series of harbours" term=instalments sum=1000.00 parts=3 unit=month first=2026-02-28 month_day=31 grace=2 fee=15.00 automatic=on once=one-click

# Nothing is owed before who is to pay has agreed; they see each day and sum first.
ines opens /me/calendar
ines misses "A series of harbours"
ines posts /me/plans/{plan} answer=accept -> 404
tove opens /me/plans/{plan} 404
ines opens /me
ines misses "A plan to pay"
maren opens /biz
maren sees "One thing waits for you"
maren sees "A plan to pay Inés Otero waits for your answer"
maren opens /biz/calendar
maren sees "A series of harbours"
maren opens /biz/plans/{plan}
maren sees "28 February 2026"
maren sees "31 March 2026"
maren sees "30 April 2026"
maren sees "333.33"
maren sees "333.34"
maren sees "2 days after its day"
maren posts /biz/plans/{plan} answer=accept
maren posts /biz/plans/{plan} answer=accept -> 409
maren opens /biz
maren sees "Nothing waits for you"
ines opens /me/calendar
ines sees "A series of harbours (part 1 of 3)"
books nordlicht wallet is 350.00

# Three days before its day a mail says so; on its day the first part is paid by itself.
later 25 days
maren reads "In 3 days: 333.33\xC2\xA0EUR to Inés Otero"
maren sees "It will be paid from your balance on that day."
later 3 days
books nordlicht wallet is 16.67
books ines earnings is 333.33
ines reads "Nordlicht Reisen paid 333.33\xC2\xA0EUR"
ines opens /me/calendar?settled=on
ines sees "part 1 of 3"
maren opens /biz/calendar
maren misses "part 1 of 3"

# On 31 March there is not enough. It is tried each day, is late after two days of grace, and the fee that was
# agreed on is added.
later 31 days
maren signs in
ines signs in
tove signs in
sam signs in
maren reads "Due now: 333.33\xC2\xA0EUR to Inés Otero"
books nordlicht wallet is 16.67
later 3 days
maren reads "Late: 348.33\xC2\xA0EUR to Inés Otero"
maren opens /biz
maren sees "348.33\xC2\xA0EUR to Inés Otero is late"
maren sees "part 2 of 3), due since 31 March 2026"
ines opens /me
ines misses "is late"
maren opens /biz/calendar
maren sees "Late"
maren sees "15.00"
maren keeps late obl_
ines posts /me/calendar/{late}/pay -> 404
tove posts /me/calendar/{late}/forgive note="Never mind" -> 404
maren posts /biz/calendar/{late}/forgive note="We let ourselves off" -> 404

# A part of it by hand, once however often it is pressed; more than is owed, never.
maren posts /biz/calendar/{late}/pay amount=400.00 -> 422
maren sees "Write at most what is left"
maren posts /biz/calendar/{late}/pay amount=10.00 once=a-part
maren posts /biz/calendar/{late}/pay amount=10.00 once=a-part
books nordlicht wallet is 6.67
books ines earnings is 343.33
maren opens /biz/calendar
maren sees "338.33"

# When money comes in, the rest is paid by itself.
maren posts /biz/wallet/pay-in amount=340.00 rail=test
later 1 minutes
books nordlicht wallet is 8.34
books ines earnings is 681.66
maren posts /biz/calendar/{late}/pay -> 422
maren opens /me
ines opens /me/calendar
ines misses "part 2 of 3"

# Inés lets the last part go, with a reason, which both read; the plan is complete.
ines asks /api/v1/me/obligations
ines keeps last obl_
ines posts /me/calendar/{last}/forgive note=" " -> 422
ines posts /me/calendar/{last}/forgive note="You have been patient with me, too."
ines posts /me/calendar/{last}/forgive note="Again" -> 409
maren reads "No longer owed: 333.34\xC2\xA0EUR to Inés Otero"
maren sees "You have been patient with me, too."
maren opens /biz/calendar?settled=on
maren sees "You have been patient with me, too."
sam opens /desk/plans?state=completed
sam sees "A series of harbours"
later 40 days
maren signs in
ines signs in
tove signs in
sam signs in
books ines earnings is 681.66
books nordlicht wallet is 8.34

# Rent without end, from week to week, that the desk ends: what is open is cancelled, by nobody paid.
sam posts /desk/plans debtor={ines} creditor={tove} title="A camera on loan" term=recurring sum=7.00 unit=week first=2026-06-01 patience=30
sam keeps rent pln_
ines posts /me/plans/{rent} answer=accept
later 8 days
ines opens /me/calendar
ines keeps first obl_
ines posts /me/calendar/{first}/pay
books tove earnings is 7.00
sam posts /desk/plans/{rent}/end note="The camera was given back."
ines opens /me/calendar
ines misses "A camera on loan"
ines opens /me/calendar?settled=on
ines sees "The camera was given back."

# What nobody pays for thirty days after it was late ends its plan; what was paid stays paid.
sam posts /desk/plans debtor={ines} creditor={tove} title="A tripod" term=instalments sum=9.00 parts=3 unit=week first=2026-05-25 patience=30
sam keeps tripod pln_
ines posts /me/plans/{tripod} answer=accept
ines opens /me/calendar
ines keeps one obl_
ines posts /me/calendar/{one}/pay
books tove earnings is 10.00
later 46 days
ines signs in
tove signs in
sam signs in
sam opens /desk/plans?state=ended
sam sees "A tripod"
ines opens /me/calendar
ines misses "A tripod"
books tove earnings is 10.00

# A part by milestones is due when the debtor says that it is reached.
sam posts /desk/plans debtor={ines} creditor={tove} title="A film in two cuts" term=milestones sum=5.01 parts=2 unit=month first_takes_rest=on automatic=on
sam keeps film pln_
ines posts /me/plans/{film} answer=accept
ines opens /me/calendar
ines sees "Due when it is reached"
ines keeps cut obl_
tove posts /me/calendar/{cut}/reach -> 404
ines posts /me/calendar/{cut}/reach
later 1 minutes
books tove earnings is 12.51
ines posts /me/calendar/{cut}/reach -> 409

# Her calendar program reads the days under a link that she can take back.
ines opens /me/calendar
ines misses "/calendar/pty_"
ines posts /me/calendar/link change=renew
ines opens /me/calendar
ines keeps feed /calendar/pty_
somebody opens {feed}
somebody sees "BEGIN:VCALENDAR"
somebody sees "SUMMARY:333.33\xC2\xA0EUR from Nordlicht Reisen"
somebody sees "DTSTART;VALUE=DATE:20260228"
somebody sees "STATUS:CANCELLED"
somebody opens {feed}0 404
ines posts /me/calendar/link change=renew
somebody opens {feed} 404
ines opens /me/calendar
ines keeps feed /calendar/pty_
somebody opens {feed}
ines posts /me/calendar/link change=revoke
somebody opens {feed} 404
