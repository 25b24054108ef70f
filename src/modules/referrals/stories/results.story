# The page of results: its numbers are what happened, also after an order was given back and the rules changed.
at 2026-03-02T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person bao "Bao Tran"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start

ines posts /me/programs/{program}/join code=INES
ines follows
ines sees "Have we said it plainly?"
ines keeps part rpt_
ines opens /me/programs/{part}/quiz
ines sees "An order of 80.00 EUR comes through your link. What do you get?"
ines sees "After 30 days"
bao posts /me/programs/{program}/join code=BAOTRAN by=INES
bao follows
bao keeps share rpt_

# By the rules it is 8.00, nothing, at once. What is said first counts, and who skips is counted as that.
ines posts /me/programs/{part}/quiz rules=1 q1=3 q2=1 q3=2
ines follows
ines sees "Right."
ines posts /me/programs/{part}/quiz rules=1 q1=1 q2=2 q3=3
bao posts /me/programs/{share}/quiz rules=1
ines opens /me/programs/{part}
ines misses "Have we said it plainly?"

maren posts /biz/orders number=71 placed=2026-03-02T09:00:10Z total=80.00 codes=INES mail=lena@example.net -> 200
maren posts /biz/orders number=72 placed=2026-03-02T09:00:20Z total=20.00 codes=INES mail=tom@example.net -> 200

# On Monday the business reads what changed, and stops it; nothing is mailed of a week in which nothing happened.
later 7 days
maren reads "Prints for friends: what changed last week"
maren sees "2 orders for 100.00 EUR, 2 of them from new customers; 0 the week before."
maren sees "2 partners joined; 0 the week before."
maren keeps stop /programs/mails/
somebody opens {stop}
somebody sees "Prints for friends"
maren posts {stop}
later 33 days
maren signs in
ines signs in
maren posts /biz/orders number=73 placed=2026-04-11T08:00:00Z total=50.00 codes=BAOTRAN mail=lena@example.net -> 200
maren posts /biz/orders/refunds order=72 number=r1 amount=20.00 -> 200
later 1 minutes
maren asks /api/v1/biz/programs/{program}/results

# Two joined, both sold; of three orders one came back whole, and one can still be taken back.
maren sees "\x22step\x22:\x22joined\x22,\x22count\x22:2"
maren sees "\x22step\x22:\x22sold\x22,\x22count\x22:2"
maren sees "\x22step\x22:\x22ordered\x22,\x22count\x22:3"
maren sees "\x22step\x22:\x22kept\x22,\x22count\x22:2,\x22part\x22:6666,\x22lost\x22:1"
maren sees "\x22step\x22:\x22free\x22,\x22count\x22:1"
# One came by herself, the other was brought by her.
maren sees "\x22value\x22:\x22alone\x22,\x22said\x22:\x22By themselves\x22,\x22joined\x22:1,\x22selling\x22:1,\x22part\x22:10000,\x22orders\x22:2"
maren sees "\x22value\x22:\x22partner\x22,\x22said\x22:\x22Brought by a partner\x22,\x22joined\x22:1,\x22selling\x22:1,\x22part\x22:10000,\x22orders\x22:1"
# 150.00 ordered, 20.00 back: ten percent of the rest for two new customers.
maren sees "\x22minor\x22:13000,\x22currency\x22:\x22EUR\x22},\x22given\x22"
maren sees "\x22minor\x22:1300,"
maren sees "\x22minor\x22:650,"
# One answered all three rightly, the other skipped them.
maren sees "\x22answered\x22:1,\x22part\x22:10000,\x22left_out\x22:1,"
# Both customers came in March, one ordered again the month after.
maren sees "\x22customers\x22:2,\x22cells\x22:"
maren sees "\x22later\x22:0,\x22orders\x22:2"
maren sees "\x22later\x22:1,\x22orders\x22:1"
maren sees "\x22minor\x22:8000,"

# By the same numbers as a page, for its own business alone.
maren opens /biz/programs/{program}/results
maren sees "6.50"
maren sees "Brought by a partner"
ines opens /biz/programs/{program}/results 403

# Her own page says the same of her part: two orders, one of them kept, all of it hers.
ines asks /api/v1/me/programs/{part}
ines sees "\x22signups\x22:0,\x22orders\x22:2,\x22kept\x22:1"
ines sees "\x22accepted\x22:1,\x22version\x22:1"
ines opens /me/programs/{part}
ines sees "Orders kept after refunds"

# Each table is a file for a spreadsheet, for its own business alone.
maren asks /biz/programs/{program}/results/groups
maren sees "Joined,With an order,Orders,Came to,Currency"
maren sees "Brought by a partner,1,1,1,"
maren asks /biz/programs/{program}/results/customers
maren sees "Not given back,2,66.66,1"
maren asks /biz/programs/{program}/results/months
maren sees "2026-03,2,"
maren asks /biz/programs/{program}/results/versions
maren sees ",130.00,EUR"
maren asks /biz/programs/{program}/results/countries
maren asks /biz/programs/{program}/results/partners
ines opens /biz/programs/{program}/results/groups 403
