# Clicks that counted are looked at again before their pay is free: what fails is held with its reason, and can be won back.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
stranger lena
stranger tom
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 click=0.10 hold_days=30 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES
ines follows
ines keeps part rpt_

# Two people follow her link; the page to which it led reports one of them. Both count, and what they gave is held.
lena opens /r/INES 303
lena keeps click clk_
lena posts /w/landed/{click} visible=9000 touches=4 -> 200
tom opens /r/INES 303
later 70 minutes
books ines earnings is 0.20 held 0.20
ines opens /me/programs/{part}
ines keeps hour hev_
ines opens /me/programs/{part}/clicks?hour={hour}
ines misses "Nobody looked at the page behind the link."

# The business holds clicks for less than before. Those that counted are looked at again a day before they are free.
maren posts /biz/programs/{program}/thresholds hold_click=3 hold_claim=19
later 28 days
books ines earnings is 0.20 held 0.20
later 26 hours
books ines earnings is 0.10 held 0.10
books nordlicht budget is 99.90 held 0.00
ines opens /me/programs/{part}/clicks?hour={hour}
ines sees "Nobody looked at the page behind the link."
ines opens /me/programs/{part}/doubts
ines sees "1 click, hour of"
ines sees "These had counted. They were looked at again before their pay was free."
ines sees "Nobody looked at the page behind the link."
ines keeps doubt dbt_
maren opens /biz/programs/{program}/doubts
maren sees "These had counted."

# She disagrees, the business lets it count, and it is paid as one event more, held like any other.
ines posts /me/programs/{part}/doubts/{doubt}/appeal said="He told me that he was on a train."
maren posts /biz/programs/{program}/doubts/{doubt}/pass answer="We saw him, too."
books ines earnings is 0.20 held 0.20
ines opens /me/programs/{part}/clicks?hour={hour}
ines sees "Counted after all"
ines misses "Nobody looked at the page behind the link."
later 3 days
books ines earnings is 0.20 held 0.10
