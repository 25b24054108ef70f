# Who seems to buy from themselves by a second account is held, says why not, and is paid; a household is not one person.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 percent_2=3 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
jonas posts /me/programs/{program}/join code=JONAS
ines posts /me/programs/{program}/join by=JONAS code=INES
ines follows
ines keeps part rpt_

# His wife buys by his code: she has his surname and his home, and that says nothing.
maren posts /biz/orders number=n1 placed=2026-06-01T09:00:10Z total=100.00 codes=jonas mail=clara@example.net name="Clara Brandt" -> 200
later 1 minutes
books jonas earnings is 10.00 held 0.00

# Somebody of her own name buys by hers, with another address than she signs in with.
maren posts /biz/orders number=n2 placed=2026-06-01T09:00:20Z total=200.00 codes=INES mail=io@example.net name="Ines OTERO" -> 200
later 1 minutes
books ines earnings is 0.00 held 0.00
books jonas earnings is 10.00 held 0.00
books nordlicht budget is 90.00 held 0.00
ines reads "An order of 1 June 2026 is looked at: Prints for friends"
ines sees "1 of these three in common with you"
ines opens /me/programs/{part}
ines sees "The customer has 1 of these three in common with you: device, payment account, name."
ines sees "Being looked at"
ines keeps doubt dbt_

# She disagrees, once; pressed twice it is the same; a part is given back meanwhile.
ines posts /me/programs/{part}/doubts/{doubt}/appeal said=" " -> 422
ines sees "Why should it count?"
ines posts /me/programs/{part}/doubts/{doubt}/appeal said="That is my aunt in Vigo, we have one name."
ines posts /me/programs/{part}/doubts/{doubt}/appeal said="That is my aunt in Vigo, we have one name."
jonas posts /me/programs/{part}/doubts/{doubt}/appeal said="Mine!" -> 404
maren posts /biz/orders/refunds order=n2 number=r1 amount=50.00 -> 200
later 1 minutes
maren reads "Inés Otero disagrees: Prints for friends"
maren sees "my aunt in Vigo"
maren opens /biz
maren sees "A partner disagrees: Prints for friends"
sam opens /desk/appeals
sam sees "my aunt in Vigo"

# The business lets it count: three quarters are paid to both levels, as if it had never been held.
maren posts /biz/programs/{program}/doubts/{doubt}/refuse -> 422
maren sees "Say why it does not count."
maren posts /biz/programs/{program}/doubts/{doubt}/pass answer="Greetings to your aunt."
maren posts /biz/programs/{program}/doubts/{doubt}/pass answer="Greetings to your aunt." -> 422
later 1 minutes
books ines earnings is 15.00 held 0.00
books jonas earnings is 14.50 held 0.00
ines reads "It counts after all: Prints for friends"
ines sees "Greetings to your aunt."
ines opens /me/programs/{part}
ines sees "Counts after all"
maren opens /biz/activity
maren sees "Let something count that was held"

# The rest is given back as well.
maren posts /biz/orders/refunds order=n2 number=r2 amount=150.00 -> 200
later 1 minutes
books ines earnings is 0.00 held 0.00
books jonas earnings is 10.00 held 0.00

# What is refused stays unpaid; the partner had one appeal, which an operator answers.
maren posts /biz/orders number=n3 placed=2026-06-01T09:00:30Z total=100.00 codes=INES mail=io@example.net name="Ines Otero" -> 200
later 1 minutes
ines opens /me/programs/{part}/doubts
ines keeps doubt dbt_
maren posts /biz/programs/{program}/doubts/{doubt}/refuse answer="Your aunt has bought enough."
ines posts /me/programs/{part}/doubts/{doubt}/appeal said="She really has not."
sam posts /desk/appeals/{doubt}/refuse answer="The shop says it was your card."
ines posts /me/programs/{part}/doubts/{doubt}/appeal said="Please!" -> 422
ines sees "There is one appeal for each verdict, and this one was answered."
books ines earnings is 0.00 held 0.00

# How strict it is can be tried before it is switched on: scores are kept.
maren opens /biz/programs/{program}/doubts?hold_claim=25
maren sees "0 held instead of 2"
maren posts /biz/programs/{program}/thresholds hold_click=13 hold_claim=25
maren posts /biz/orders number=n4 placed=2026-06-01T09:00:40Z total=100.00 codes=INES mail=io@example.net name="Ines Otero" -> 200
later 1 minutes
books ines earnings is 10.00 held 0.00
maren opens /biz/activity
maren sees "Set from how many points something is held"
