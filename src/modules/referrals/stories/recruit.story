# People say what reach they have; a business finds them, invites them, bargains; who refuses is left in peace.
at 2026-06-01T09:00:00Z
setting referrals.invitations 3
person maren "Maren Voss"
person olga "Olga Petrova"
person ines "Inés Otero"
person jonas "Jonas Brandt"
person bao "Bao Tran"
business nordlicht "Nordlicht Reisen" of maren with 300.00 EUR
business other "Other Tours" of olga with 10.00 EUR
maren posts /biz/programs title="Night trains" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=invited empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren opens /biz/sharers
maren sees "Nobody wants to be found yet"

# What can't be is said beside its field; only who wants to is found.
ines posts /me/sharing name="Inés on rails" topics=travel country_1=Germania language_1=english address_1=https://blog.example/ reach_1=5000 shown=true -> 422
ines sees "no country"
ines sees "Germania"
ines posts /me/sharing name="Inés on rails" topics=travel language_2=Elvish address_1=https://blog.example/ reach_1=5000 shown=true -> 422
ines sees "no language"
ines posts /me/sharing name="Inés on rails" topics=travel reach_1=5000 shown=true -> 422
ines sees "Say where, too"
ines posts /me/sharing name="Inés on rails" topics=travel address_1=https://blog.example/ kind_1=billboard reach_1=5000 shown=true -> 422
ines sees "Choose from those shown"
ines posts /me/sharing name="Inés on rails" about="By train" topics=travel language_1=es language_2=English language_4=EN country_1=germany country_3=es address_1=https://blog.example/ kind_1=site reach_1=5000 address_2=https://video.example/ kind_2=video reach_2=700 shown=true
jonas posts /me/sharing name="Jonas reist" topics=food language_1=de country_1=DE address_1=https://jonas.example/ reach_1=900 shown=true
maren opens /biz/sharers?topic=travel&country=Germany&language=spanish&least=1000
maren sees "Inés on rails"
maren misses "Jonas reist"
maren sees "No orders yet"
maren misses "ines@"
maren sees "Spanish, English"
maren opens /biz/sharers?topic=travel&country=de&least=1000
maren sees "Inés on rails"
maren keeps traveller shr_
maren opens /biz/sharers?topic=travel&kind=video
maren sees "Inés on rails"
maren opens /biz/sharers?kind=site
maren sees "Inés on rails"
maren misses "Jonas reist"
maren opens /biz/sharers?topic=travel&kind=podcast
maren sees "Nobody like that"
maren opens /biz/sharers/{traveller}
maren sees "Own website or blog"
maren opens /biz/sharers?country=Atlantis
maren sees "no country"
maren sees "Atlantis"
maren misses "Jonas reist"
maren opens /biz/sharers?country=FR
maren sees "Nobody like that"
maren opens /biz/sharers?topic=food
maren keeps cook shr_

# What she said is hers to take along, whole; to the file page it is known.
ines opens /me/imports
ines sees "What businesses that look for you read"
ines opens /me/exports/sharing
ines sees "Inés on rails,By train,yes,5700,travel,es en,DE ES,https://blog.example/,site,5000,https://video.example/,video,700"
ines misses "Jonas reist"
ines opens /me/exports/sharing?format=lines
ines sees "Inés on rails"
maren opens /me/exports/sharing
maren misses "Inés on rails"

# To a draft nobody is invited; then the offer stands, and there is no code before they say yes.
maren posts /biz/sharers/{traveller} program={program} percent=12 days=14 -> 422
maren posts /biz/programs/{program}/start
jonas posts /me/programs/{program}/join -> 422
olga posts /biz/sharers/{traveller} program={program} percent=12 days=14 -> 404
maren posts /biz/sharers/{traveller} program={program} days=14 -> 422
maren sees "Name a rate, a fee, or both."
maren posts /biz/sharers/{traveller} program={program} percent=12 fee=40.00 words="Your post on Narvik" days=14
maren follows
maren keeps part rpt_
maren keeps offer del_
books nordlicht wallet is 200.00 held 40.00
maren posts /biz/sharers/{traveller} program={program} percent=13 days=14 -> 422
maren sees "One offer at a time"
maren opens /biz/programs/{program}
maren sees "Invited"
later 1 minutes
ines reads "Nordlicht Reisen makes you an offer: Night trains"
ines sees "Your post on Narvik"
ines opens /me
ines sees "An offer of Nordlicht Reisen waits"
ines opens /me/programs/{part}
ines sees "Nordlicht Reisen invites you"
ines sees "Your post on Narvik"
ines misses "/r/"

# She wants more, the business takes it: she takes part, and her rate counts.
ines posts /me/programs/{part}/offers/{offer}/counter percent=15 fee=60.00 words="Two posts then"
later 1 minutes
maren reads "Inés Otero wants it otherwise: Night trains"
maren opens /biz
maren sees "Inés Otero wants it otherwise"
maren posts /biz/partners/{part}/offers/{offer}/take
books ines earnings is 60.00 held 0.00
ines opens /me/programs/{part}
ines sees "Takes part"
maren posts /biz/sharers/{traveller} program={program} percent=12 days=14 -> 422
maren sees "They take part already, or"

# The second one refuses for good, and is not found again by this business; by others he is.
maren posts /biz/sharers/{cook} program={program} percent=12 days=14
maren follows
maren keeps second rpt_
jonas posts /me/programs/{second}/block
jonas opens /me/sharing
jonas sees "Nordlicht Reisen"
jonas opens /me/programs/{second}
jonas sees "Invitation over"
maren opens /biz/sharers
maren misses "Jonas reist"
maren posts /biz/sharers/{cook} program={program} percent=20 days=14 -> 404
olga opens /biz/sharers
olga sees "Jonas reist"

# A third one joins by the invitation with a code of his own, accepts the offer later, and its rate pays his orders.
ines posts /me/sharing/remove
bao posts /me/sharing name="Bao fährt" topics=travel address_1=https://bao.example/ reach_1=70 shown=true
maren opens /biz/sharers?topic=travel
maren misses "Inés on rails"
maren keeps driver shr_
maren opens /biz/sharers?least=70&topic=travel
maren sees "Bao fährt"
maren opens /biz/sharers?least=71&topic=travel
maren misses "Bao fährt"
maren posts /biz/sharers/{driver} program={program} percent=20 days=14
maren follows
maren keeps third rpt_
maren keeps last del_
bao posts /me/programs/{program}/join code=BAHN
bao posts /me/programs/{third}/offers/{last}/accept
maren posts /biz/orders number=n1 placed=2026-06-01T09:05:00Z total=100.00 codes=BAHN mail=a@example.net -> 200
later 1 minutes
books bao earnings is 20.00 held 0.00

# Three were invited today, as many as the setting allows; tomorrow there may be more.
jonas posts /me/sharing/remove
maren posts /me/sharing name="Maren" topics=food address_1=https://maren.example/ reach_1=5 shown=true
maren opens /biz/sharers?topic=food
maren keeps fourth shr_
maren posts /biz/sharers/{fourth} program={program} percent=12 days=14 -> 422
maren sees "only so many people in 24 hours"
later 25 hours
maren posts /biz/sharers/{fourth} program={program} percent=12 days=14

# Who removes what they said is not found, nor invited; a business shut out may come back.
bao posts /me/sharing/remove
maren opens /biz/sharers
maren misses "Bao fährt"
bao posts /me/sharing/remove -> 404

# An invitation ends with its offer when nobody answers in time: both are told, the state says so, and no code is handed out.
person lena "Lena Weiss"
lena posts /me/sharing name="Lena zu Hause" topics=home address_1=https://lena.example/ reach_1=300 shown=true
maren opens /biz/sharers?topic=home
maren keeps homely shr_
later 25 hours
maren posts /biz/sharers/{homely} program={program} percent=12 fee=20.00 days=2
maren follows
maren keeps try rpt_
books nordlicht wallet is 140.00 held 20.00
later 3 days
books nordlicht wallet is 140.00 held 0.00
lena reads "The time of an offer is over: Night trains"
maren reads "No agreement in time with Lena Weiss: Night trains"
lena opens /me
lena misses "An offer of Nordlicht Reisen waits"
lena opens /me/programs/{try}
lena sees "Invitation over"
lena sees "ended without an agreement"
lena misses "Take part without it"
lena misses "/r/"
lena opens /me/programs
lena sees "Invitation over"
lena opens /me/programs/{try}/share 404
lena posts /me/programs/{program}/join -> 422
lena posts /me/programs/{try}/leave -> 409
maren opens /biz/programs/{program}
maren sees "Invitation over"

# The same person is invited again: what they want instead is declined, then an offer is taken back, and each time it is over.
maren posts /biz/sharers/{homely} program={program} percent=12 days=2
maren follows
maren keeps again del_
lena opens /me/programs/{try}
lena sees "Nordlicht Reisen invites you"
lena posts /me/programs/{try}/offers/{again}/counter percent=50 words="Half of it"
maren posts /biz/partners/{try}/offers/{again}/decline
lena opens /me/programs/{try}
lena sees "Invitation over"
maren posts /biz/sharers/{homely} program={program} percent=13 days=2
maren follows
maren keeps third_try del_
maren posts /biz/partners/{try}/offers/{third_try}/withdraw
lena opens /me/programs/{try}
lena sees "Invitation over"
lena posts /me/programs/{try}/offers/{third_try}/accept -> 409

# What she wanted and the business never answered ends it, too; and when she says yes in the end, she takes part with a link of her own.
later 25 hours
maren posts /biz/sharers/{homely} program={program} percent=14 days=2
maren follows
maren keeps fourth_try del_
lena posts /me/programs/{try}/offers/{fourth_try}/counter percent=40 words="Less than half"
later 3 days
maren posts /biz/partners/{try}/offers/{fourth_try}/take -> 409
lena opens /me/programs/{try}
lena sees "Invitation over"
maren posts /biz/sharers/{homely} program={program} percent=15 days=2
maren follows
maren keeps fifth_try del_
lena posts /me/programs/{try}/offers/{fifth_try}/accept
lena opens /me/programs/{try}
lena sees "Takes part"
lena sees "/r/"

# Who takes part shuts the business out: the offer that waits is refused, no more can be made, and what is agreed goes on.
maren posts /biz/partners/{try}/offers percent=20 fee=10.00 days=14
maren follows
maren keeps more del_
books nordlicht wallet is 140.00 held 10.00
bao posts /me/programs/{try}/block -> 404
lena posts /me/programs/{try}/block
books nordlicht wallet is 140.00 held 0.00
lena opens /me/programs/{try}
lena sees "Takes part"
lena sees "You want nothing more from Nordlicht Reisen"
lena posts /me/programs/{try}/offers/{more}/accept -> 409
maren opens /biz/partners/{try}/offers
maren sees "Lena Weiss wants no more offers from you"
maren posts /biz/partners/{try}/offers percent=20 days=14 -> 422
maren sees "Only they can allow offers again"
maren opens /biz/sharers?topic=home
maren misses "Lena zu Hause"
lena opens /me/sharing
lena keeps shop pty_
lena posts /me/sharing/unblock business={shop}
maren opens /biz/partners/{try}/offers
maren misses "wants no more offers"
maren posts /biz/partners/{try}/offers percent=20 days=14 -> 422
maren sees "no offer can be made for 90 days"

# Where everybody may join, who was invited in vain joins later as everybody does, with a link.
maren posts /biz/programs title="Day trains" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps open prg_
maren posts /biz/programs/{open}/fund sum=10.00
maren posts /biz/programs/{open}/start
maren posts /biz/sharers/{homely} program={open} percent=12 days=2
maren follows
maren keeps late rpt_
later 3 days
# Invited once more, with a fee for a post: it is said, set aside, and free again when she refuses.
maren posts /biz/sharers/{homely} program={open} percent=12 on_post=true days=2 -> 422
maren sees "Name the fee that is paid for the post."
maren posts /biz/sharers/{homely} program={open} percent=12 fee=25.00 on_post=true days=2
maren follows
maren keeps posting del_
lena opens /me/programs/{late}
lena sees "with an accepted post"
books nordlicht wallet is 130.00 held 25.00
lena posts /me/programs/{late}/offers/{posting}/refuse
books nordlicht wallet is 130.00 held 0.00
lena posts /me/programs/{open}/join code=LENA
lena opens /me/programs/{late}
lena sees "Takes part"
lena sees "/r/LENA"
