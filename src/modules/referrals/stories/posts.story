# Partners write about a business on pages of their own; each is looked at, paid, and looked at again before that is free.
at 2026-06-01T09:00:00Z
setting hooks.loopback on
setting site.url https://site.example
person maren "Maren Voss"
person olga "Olga Petrova"
person ines "Inés Otero"
person jonas "Jonas Brandt"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
business other "Other Tours" of olga with 10.00 EUR
maren posts /biz/programs title="Night trains" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=refuse
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=50.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES-7
ines follows
ines keeps part rpt_
jonas posts /me/programs/{program}/join code=JONAS-7
jonas follows
jonas keeps his rpt_
page blog "<h1>Night trains</h1><p>Werbung. Type INES-7 when you book.</p>"

# Nothing is taken before the business says so, and a rule says what it gives: with time for a second look.
ines posts /me/programs/{part}/posts address={pages}/blog -> 422
ines sees "takes no posts"
maren opens /biz/programs/{program}/posts
maren sees "No rule pays for posts yet"
maren posts /biz/programs/{program}/rule name="A post" trigger=post each=1 benefit=amount level_1=12.00 most_each=24.00 period=ever hold_days=0 -> 422
maren sees "Somebody can take a post down again"
maren posts /biz/programs/{program}/rule name="A post" trigger=post each=1 benefit=amount level_1=12.00 most_each=24.00 period=ever hold_days=14
maren opens /biz/programs/{program}/rules
maren keeps proposal ppl_
maren posts /biz/programs/{program}/rules/switch proposal={proposal}
olga posts /biz/programs/{program}/posts taken=true -> 404
ines posts /biz/programs/{program}/posts taken=true -> 403
maren posts /biz/programs/{program}/posts taken=true
ines opens /me/programs/{part}/posts
ines sees "12.00"
ines sees "Werbung"

# What is no page of one's own, or none that everybody can read, is said at once.
ines posts /me/programs/{part}/posts address="my blog" -> 422
ines sees "Copy the address as your browser shows it"
ines posts /me/programs/{part}/posts address=http://blog.example/post -> 422
ines sees "without a safe connection"
ines posts /me/programs/{part}/posts address=https://192.168.1.10/post -> 422
ines sees "belongs to a private network"
ines posts /me/programs/{part}/posts address=https://blog.example:22/ -> 422
ines posts /me/programs/{part}/posts address=https://shop.example/night-trains -> 422
ines sees "a page of this site or of the shop"
ines posts /me/programs/{part}/posts address=https://site.example/programs -> 422
ines sees "a page of this site or of the shop"
jonas posts /me/programs/{part}/posts address={pages}/blog -> 404

# What is missing is said in plain words, and the same address can be handed in again when it was mended.
ines posts /me/programs/{part}/posts address={pages}/none
ines follows
ines sees "The page was not found (404)."
ines reads "Your post is not accepted yet: Night trains"
page story "<p>Lovely trains.</p><p hidden>Ad INES-7</p><!-- Werbung --><script>var ad = 'Ad';</script>"
ines posts /me/programs/{part}/posts address={pages}/story
ines follows
ines sees "Link or code of the partner is missing, and nothing"
page story "<p>Lovely trains: <a href='https://site.example/r/ines7?to=/a'>book</a></p>"
ines posts /me/programs/{part}/posts address={pages}/story
ines follows
ines sees "Nothing on the page says that it is an advertisement."
page story "<p>PUBLICITE: lovely trains.</p>"
ines posts /me/programs/{part}/posts address={pages}/story
ines follows
ines sees "Neither link nor code of the partner stands on the page."
page away.to http://10.0.0.1/
ines posts /me/programs/{part}/posts address={pages}/away
ines follows
ines sees "leads to a place that we do not open"
books ines earnings is 0.00 held 0.00

# All is there: paid at once, held until the page was looked at again.
page story "<p>PUBLICITE: lovely <a href='https://site.example/r/ines7?to=/a'>trains</a>.</p>"
ines posts /me/programs/{part}/posts address={pages}/story#top
ines follows
ines sees "Accepted"
ines keeps post rpo_
books ines earnings is 12.00 held 12.00
books nordlicht budget is 38.00 held 0.00
ines reads "Your post is accepted: Night trains"

# Once, whoever hands it in, also behind a redirect.
ines posts /me/programs/{part}/posts address={pages}/story -> 422
ines sees "Each post is rewarded once"
jonas posts /me/programs/{his}/posts address={pages}/story -> 422
jonas posts /me/programs/{his}/posts address={pages}/story/?utm_source=mail&fbclid=x -> 422
page other.to {pages}/story
ines posts /me/programs/{part}/posts address={pages}/other
ines follows
ines sees "leads to a page that was handed in before"
books ines earnings is 12.00 held 12.00

# A server that is down is asked again; what it shows then counts.
page blog.503 x
page blog
ines posts /me/programs/{part}/posts address={pages}/blog
ines follows
ines sees "answered with an error of its own"
ines sees "Next look"
later 11 minutes
page blog "<h1>Night trains</h1><p>Werbung. Type INES-7 when you book.</p>"
later 2 hours
ines opens /me/programs/{part}/posts
ines keeps blog rpo_
books ines earnings is 24.00 held 24.00

# As much as the rule gives to one person.
page third "<p>Ad: INES-7</p>"
ines posts /me/programs/{part}/posts address={pages}/third
ines follows
ines sees "the program gives nothing for it now"
books ines earnings is 24.00 held 24.00

# Words of the business's own; and what it does not want comes back to its budget.
maren posts /biz/programs/{program}/posts taken=true words="Paid by Nordlicht"
page his "<p>Ad: JONAS-7</p>"
jonas posts /me/programs/{his}/posts address={pages}/his
jonas follows
jonas sees "Nothing on the page says"
page his "<p>Paid by nordlicht: JONAS-7</p>"
jonas posts /me/programs/{his}/posts address={pages}/his
jonas follows
jonas keeps jonas_post rpo_
books jonas earnings is 12.00 held 12.00
olga posts /biz/programs/{program}/posts/{jonas_post}/reject said="No" -> 404
maren posts /biz/programs/{program}/posts/{jonas_post}/reject said=" " -> 422
maren sees "name="taken" value="true" checked"
maren sees ">Paid by Nordlicht</textarea>"
maren posts /biz/programs/{program}/posts/{jonas_post}/reject said="It shows another company"
maren posts /biz/programs/{program}/posts/{jonas_post}/reject said="It shows another company" -> 422
books jonas earnings is 0.00 held 0.00
jonas opens /me/programs/{his}/posts
jonas sees "The business says:"
jonas sees "It shows another company"
jonas opens /me/programs/{his}
jonas sees "12.00 EUR taken back"
jonas sees ">Post</a>"
jonas posts /me/programs/{his}/posts address={pages}/his -> 422
maren posts /biz/programs/{program}/posts taken=true

# Who disagrees says so once; the business answers, or the intermediary takes the post after all.
ines posts /me/programs/{part}/posts/{jonas_post}/appeal appeal="It is mine" -> 404
jonas posts /me/programs/{his}/posts/{jonas_post}/appeal appeal=" " -> 422
jonas sees "Why should it be paid?: please fill this in."
jonas posts /me/programs/{his}/posts/{jonas_post}/appeal appeal="There is one company on it: yours."
jonas posts /me/programs/{his}/posts/{jonas_post}/appeal appeal="There is one company on it: yours."
jonas follows
jonas sees "Appealed"
maren reads "Jonas Brandt disagrees about a post: Night trains"
jonas posts /me/programs/{his}/posts address={pages}/his -> 422
olga posts /biz/programs/{program}/posts/{jonas_post}/readmit -> 404
maren posts /biz/programs/{program}/posts/{jonas_post}/uphold answer=" " -> 422
maren sees "Say why, for the partner."
maren posts /biz/programs/{program}/posts/{jonas_post}/uphold answer="I see two."
jonas reads "Your post stays unpaid: Night trains"
jonas posts /me/programs/{his}/posts/{jonas_post}/appeal appeal="Count again" -> 422
jonas sees "There is one appeal for each verdict"
maren posts /biz/programs/{program}/posts/{jonas_post}/readmit -> 422
books jonas earnings is 0.00 held 0.00
page second "<p>Ad: JONAS-7, from Kiel to Nice</p>"
jonas posts /me/programs/{his}/posts address={pages}/second
jonas follows
jonas keeps disputed rpo_
books jonas earnings is 12.00 held 12.00
books nordlicht budget is 14.00 held 0.00
maren posts /biz/programs/{program}/posts/{disputed}/reject said="I don't like the picture"
books jonas earnings is 0.00 held 0.00
books nordlicht budget is 26.00 held 0.00
jonas posts /me/programs/{his}/posts/{disputed}/appeal appeal="No rule says anything about pictures."
sam opens /desk/appeals
sam sees "Appeals about posts"
sam opens /desk/posts
sam sees "No rule says anything about pictures."
sam posts /desk/posts/{disputed}/uphold -> 422
sam posts /desk/posts/{disputed}/readmit answer="It is what the program asks for."
jonas reads "Your post is taken after all: Night trains"
books jonas earnings is 12.00 held 12.00
books nordlicht budget is 14.00 held 0.00
maren opens /biz/programs/{program}/posts
maren sees "It is what the program asks for."
maren posts /biz/programs/{program}/posts/{disputed}/reject said="But the picture" -> 422
maren sees "After an appeal it was taken, and that stands."
sam opens /desk/posts
sam sees "No appeals wait"

# Half a day before the money is free: the one still stands, the other has lost its disclosure.
page blog "<h1>Night trains</h1><p>Type INES-7 when you book.</p>"
later 12 days
books ines earnings is 24.00 held 24.00
later 37 hours
ines opens /me/programs/{part}/posts
ines sees "Nothing on the page says"
books ines earnings is 24.00 held 24.00
later 10 minutes
later 1 hours
later 3 hours
later 6 hours
ines reads "Your post is not paid: Night trains"
books ines earnings is 12.00 held 0.00
books nordlicht budget is 26.00 held 0.00
ines opens /me/programs/{part}/posts
ines sees "Paid"
ines sees "Not paid"
books ines earnings is 12.00 held 0.00

# Mended, it can be handed in again: the cap has it back.
page blog "<p>Werbung: INES-7</p>"
ines posts /me/programs/{part}/posts address={pages}/blog
books ines earnings is 24.00 held 12.00
