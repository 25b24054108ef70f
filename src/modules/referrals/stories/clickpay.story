# Pay for clicks: an hour of a link is paid once it is over, each click of it can be looked at, what was held is paid later.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
stranger lena
stranger tom
stranger crawler
stranger hurry
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 click=0.10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
maren posts /biz/programs/{program}/thresholds hold_click=6 hold_claim=18
ines posts /me/programs/{program}/join code=INES
ines follows
ines sees "You get 0.10 EUR for each click, added up by the hour."
ines keeps part rpt_
jonas posts /me/programs/{program}/join code=JONAS
crawler comes as "Googlebot/2.1 (+http://www.google.com/bot.html)"
hurry comes as "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0"

# Where a visitor counts once a day, the promise says so.
maren posts /biz/programs title="Once a day" landing=https://shop.example/ percent=10 click=0.10 unique_clicks=true hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps once prg_
maren posts /biz/programs/{once}/start
somebody opens /programs/{once}
somebody sees "Each visitor counts once a day (UTC), by whichever link of the program."
maren opens /biz/programs/{once}
maren sees "Each visitor counts once a day (UTC), by whichever link of the program."
somebody opens /programs/{program}
somebody misses "Each visitor counts once a day"

# Two people follow her link, and a program; the page to which it led reports one of them.
lena opens /r/INES 303
lena keeps click clk_
lena posts /w/landed/{click} visible=9000 touches=4 -> 200
tom opens /r/ines 303
crawler opens /r/INES 303
jonas opens /r/JONAS 303
# Somebody follows it five times, and no page says that they looked at anything.
hurry opens /r/INES 303
hurry opens /r/INES 303
hurry opens /r/INES 303
hurry opens /r/INES 303
hurry opens /r/INES 303

# Nothing is paid before the hour is over, whatever is due in between.
later 59 minutes
books ines earnings is 0.00 held 0.00
later 11 minutes
books ines earnings is 0.60 held 0.00
books jonas earnings is 0.10 held 0.00
books nordlicht budget is 99.30 held 0.00
ines opens /me/programs/{part}
ines sees "6 clicks in an hour"
ines keeps hour hev_
ines keeps doubt dbt_

# Behind the sum stands each click: which count, and why the others don't.
ines opens /me/programs/{part}/clicks?hour={hour}
ines sees "Clicks that count 6"
ines sees "A program asked for this link, not a person’s browser."
ines sees "Nobody looked at the page behind the link."
jonas opens /me/programs/{part}/clicks?hour={hour} 404

# She disagrees, and the business lets it count: the hour was paid, so the click is paid by itself, once.
ines posts /me/programs/{part}/doubts/{doubt}/appeal said="He told me that his phone kept reloading."
maren posts /biz/programs/{program}/doubts/{doubt}/pass answer="We saw him, too."
books ines earnings is 0.70 held 0.00
maren posts /biz/programs/{program}/doubts/{doubt}/pass answer="We saw him, too." -> 422
later 2 hours
books ines earnings is 0.70 held 0.00
books nordlicht budget is 99.20 held 0.00
ines opens /me/programs/{part}
ines sees "1 click in an hour"
ines opens /me/programs/{part}/clicks?hour={hour}
ines sees "Counted after all"
ines misses "Nobody looked at the page behind the link."

# What comes after the program ended is not paid; what came in the hour of its end before is, out of the budget that stays for a month.
lena opens /r/INES 303
maren posts /biz/programs/{program}/end
tom opens /r/INES 303
later 70 minutes
books ines earnings is 0.80 held 0.00
books nordlicht budget is 99.10 held 0.00
ines opens /me/programs/{part}
ines sees "1 click in an hour"
ines misses "The program ended"
maren signs in
maren opens /biz/programs/{program}
maren sees "this pays for what happened before the end"
later 29 days
later 2 days
books nordlicht budget is 0.00 held 0.00
books nordlicht wallet is 499.10 held 0.00
