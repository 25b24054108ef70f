# A fee agreed with one partner is paid when a post of theirs is accepted, not before; what nobody delivers is free again.
at 2026-06-01T09:00:00Z
setting hooks.loopback on
setting site.url https://site.example
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 300.00 EUR
maren posts /biz/programs title="Night trains" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES-7
ines follows
ines keeps part rpt_
jonas posts /me/programs/{program}/join code=JONAS-7
jonas follows
jonas keeps his rpt_

# A fee for a post needs a fee; it is set aside, and stays so when both agree.
maren posts /biz/partners/{part}/offers percent=12 days=14 on_post=true -> 422
maren sees "Name the fee that is paid for the post."
maren posts /biz/partners/{part}/offers fee=40.00 days=14 on_post=true
maren opens /biz/partners/{part}/offers
maren keeps offer del_
books nordlicht wallet is 200.00 held 40.00
ines posts /me/programs/{part}/posts address=https://blog.example/ -> 422
ines opens /me/programs/{part}
ines sees "with an accepted post"
ines posts /me/programs/{part}/offers/{offer}/accept
books nordlicht wallet is 200.00 held 40.00
books ines earnings is 0.00 held 0.00
ines opens /me/programs/{part}/posts
ines sees "40.00"

# A post that lacks something releases nothing; one that is accepted does, once, though no rule pays for posts.
page blog "<p>Night trains: INES-7</p>"
ines posts /me/programs/{part}/posts address={pages}/blog
books ines earnings is 0.00 held 0.00
page blog "<p>Ad. Night trains: INES-7</p>"
ines posts /me/programs/{part}/posts address={pages}/blog
ines follows
ines sees "Accepted"
books ines earnings is 40.00 held 0.00
books nordlicht wallet is 160.00 held 0.00
ines opens /me/programs/{part}
ines sees "paid with a post"
page second "<p>Ad. Night trains: INES-7</p>"
ines posts /me/programs/{part}/posts address={pages}/second -> 422
ines sees "takes no posts"
jonas posts /me/programs/{his}/posts address={pages}/second -> 422

# What the partner wants instead is due with a post, too; who delivers nothing gets nothing.
maren posts /biz/partners/{his}/offers fee=30.00 days=14 on_post=true
maren opens /biz/partners/{his}/offers
maren keeps other del_
jonas posts /me/programs/{his}/offers/{other}/counter fee=50.00
books nordlicht wallet is 160.00 held 0.00
maren posts /biz/partners/{his}/offers/{other}/take
books nordlicht wallet is 160.00 held 50.00
later 29 days
later 29 days
later 29 days
later 4 days
books nordlicht wallet is 160.00 held 0.00
books jonas earnings is 0.00 held 0.00
jonas signs in
page his "<p>Ad: JONAS-7</p>"
jonas posts /me/programs/{his}/posts address={pages}/his -> 422
jonas sees "takes no posts"
