# Somebody without an account writes to a business from its website, is answered by mail, and stops the mails.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
business nordlicht "Nordlicht Reisen" of maren with 10.00 EUR
stranger gil
stranger spammer

# Nobody writes to who has not switched it on; a label that would break the website's HTML is refused.
gil opens /feedback/{nordlicht} 404
maren opens /biz/feedback
maren sees "You do not take feedback yet"
maren posts /biz/feedback/tab taking=on side=left tone=saffron label="Say <hello>" -> 422
maren sees "Without the signs"
maren posts /biz/feedback/tab taking=on side=left tone=saffron label="Say hello"
maren opens /biz/feedback/tab
maren sees "data-side="left" data-tone="saffron""
maren posts /biz/feedback/tab/origins origin=ftp://lamps.example -> 422
maren posts /biz/feedback/tab/origins origin=https://lamps.example
maren opens /biz/feedback/tab
maren sees "https://lamps.example"

# The form is good after two seconds and for a day, once, and only with the hidden field empty.
gil opens /feedback/{nordlicht}
gil sees "Write to Nordlicht Reisen"
gil keeps stamp stamp-
gil posts /feedback/{nordlicht} text="Do you travel in winter?" -> 422
gil posts /feedback/{nordlicht} stamp={stamp} text="Do you travel in winter?" mail=gil@example.org -> 422
gil sees "faster than people type"
gil sees "Do you travel in winter?"
later 1 minute
gil posts /feedback/{nordlicht} stamp={stamp} text="Do you travel in winter?" website=https://spam.example -> 422
gil sees "hidden field"
gil posts /feedback/{nordlicht} stamp={stamp} text="" -> 422
gil posts /feedback/{nordlicht} stamp={stamp} text="Do you travel in winter? <b>Cheap</b> https://example.org" mail=gil@example.org name="Gil"
gil follows
gil keeps thread /feedback/thread/
gil sees "Your conversation with Nordlicht Reisen"
gil sees "<b>Cheap</b> https://example.org"
gil posts /feedback/{nordlicht} stamp={stamp} text="Do you travel in winter? <b>Cheap</b> https://example.org" mail=gil@example.org name="Gil"
gil posts /feedback/{nordlicht} stamp={stamp} text="The stamp a second time" -> 422
spammer opens {thread}x 404

# It waits on the front page; the address is shown to nobody, and a consent says what it is for.
maren opens /biz
maren sees "1 message waits for an answer"
maren opens /biz/feedback
maren sees "Gil"
maren keeps talk fbk_
maren opens /biz/feedback/{talk}
maren misses "gil@example.org"
maren sees "It is mailed, with a link to the conversation."
maren asks /api/v1/customers
maren keeps gil_there cus_
maren asks /api/v1/customers/{gil_there}/consents
maren sees ""what":"answer","basis":"consent""
maren sees "Feedback {talk}"

# Another business finds nothing of it.
person jonas "Jonas Berg"
business kontor "Kontor" of jonas with 10.00 EUR
jonas opens /biz/feedback/{talk} 404
jonas posts /biz/feedback/{talk} text="Ours" -> 404
jonas posts /biz/feedback/{talk}/refuse -> 404

# The answer goes by mail, with the way to the conversation and the way to stop.
maren posts /biz/feedback/{talk} text="We do: from December on."
gil reads "Nordlicht Reisen answered you"
gil sees "We do: from December on."
gil keeps stop /feedback/thread/
gil opens {thread}
gil sees "We do: from December on."
gil sees "Each answer of Nordlicht Reisen is mailed"
maren opens /biz
maren misses "waits for an answer"

# Gil writes again and stops the mails. What is said after that is on the page only.
gil posts {thread} text="Thank you. With children?"
maren opens /biz
maren sees "1 message waits for an answer"
gil opens {thread}/stop
gil sees "Stop the mails"
gil posts {thread}/stop
gil follows
gil sees "Answers are not mailed."
maren asks /api/v1/customers/{gil_there}/consents
maren sees ""withdrawn":"2026-06-01"
maren opens /biz/feedback/{talk}
maren sees "No mail address was given, or mails were stopped"
maren posts /biz/feedback/{talk} text="From six years on."
gil reads "Nordlicht Reisen answered you"
gil misses "From six years on."
gil opens {thread}
gil sees "From six years on."
maren posts /biz/feedback/{talk}/finish
maren posts /biz/feedback/{talk}/finish -> 409
maren opens /biz/feedback?state=done
maren sees "Do you travel in winter?"

# Spam: marked once, nothing more comes from there, in that conversation or a new one, until it is taken back.
spammer opens /feedback/{nordlicht}
spammer keeps stamp_one stamp-
later 1 minute
spammer posts /feedback/{nordlicht} stamp={stamp_one} text="Buy followers" mail=bulk@example.net
spammer follows
spammer keeps spam_thread /feedback/thread/
maren asks /api/v1/feedback
maren keeps spam fbk_
maren posts /biz/feedback/{spam}/refuse
maren opens /biz
maren misses "waits for an answer"
spammer posts {spam_thread} text="Buy more" -> 422
spammer opens {spam_thread}
spammer sees "has closed this conversation"
spammer opens /feedback/{nordlicht}
spammer keeps stamp_two stamp-
later 1 minute
spammer posts /feedback/{nordlicht} stamp={stamp_two} text="Buy followers" mail=bulk@example.net -> 422
spammer sees "It marked an earlier message as unwanted."
maren posts /biz/feedback/{spam}/restore
spammer posts /feedback/{nordlicht} stamp={stamp_two} text="Sorry" mail=bulk@example.net

# Who is signed in is known, needs no stamp, and gets answers to the address of the account.
person ines "Inés Otero"
ines opens /feedback/{nordlicht}
ines sees "You write as Inés Otero"
ines misses "Mail address for answers"
ines posts /feedback/{nordlicht} text="Do you need photographs?"
maren asks /api/v1/feedback
maren keeps asked fbk_
maren opens /biz/feedback/{asked}
maren sees "Inés Otero"
maren posts /biz/feedback/{asked} text="Always."
ines reads "Nordlicht Reisen answered you"
ines sees "Always."

# In a frame nobody is known, and only pages of the registered website may show it.
ines opens /w/feedback/{nordlicht}?origin=https://lamps.example&language=fr
ines sees "Adresse e-mail pour les réponses"
ines opens /w/1.js

# After a year in which nobody writes, a conversation is closed and the address is gone; what waits stays.
later 366 days
gil opens {thread}
gil sees "so this conversation is closed"
gil posts {thread} text="Still there?" -> 422
