# Tom signs up with a business of his own, invites Ana, and lets her go again. What she could see as a
# member she can't see afterwards. Passwords are set by mail once, and guessing them takes longer and longer.
at 2026-06-01T09:00:00Z
operator sam
stranger tom
stranger ana

# Signing up: what is missing is named, and what was typed stays.
tom opens /sign-up
tom posts /sign-up name="Tom Baker" mail=tom@nowhere password="short one" -> 422
tom sees "Mail address: Write a mail address"
tom sees "Tom Baker"
tom posts /sign-up name="Tom Baker" mail=tom@example.org password=short -> 422
tom sees "At least 10 characters, and not your mail address."
tom posts /sign-up name="Tom Baker" mail=tom@example.org password="bread at five o'clock" organisation="Baker & Sons"
tom opens /biz
tom sees "Baker & Sons"
ana posts /sign-up name="Another Tom" mail=TOM@example.org password="bread at six o'clock" -> 422
ana sees "Someone signs in with this mail address already."
ana posts /sign-up name="Ana Lima" mail=ana@example.org password="the river is wide"

# Ana has no business, so the pages of businesses are closed to her.
ana opens /biz/members 403
ana sees "You may not do this"

# Tom invites her as a buyer, once his own mail address is confirmed; the link comes by mail, works once, and only with her own account.
tom posts /biz/members mail=ana@example.org role=buyer -> 422
tom sees "Follow the link in our mail"
tom opens /me
tom sees "Confirm your mail address"
tom reads "Confirm your mail address"
tom keeps confirmation /mail/
tom opens {confirmation}
tom sees "Tom Baker signs in with tom@example.org. Is that you?"
tom posts {confirmation}
tom opens {confirmation} 410
tom opens /me
tom misses "Confirm your mail address"
tom posts /biz/members mail=ana@example.org role=buyer
tom opens /biz/members
tom sees "Invited, not yet here"
ana reads "Tom Baker invites you to Baker & Sons"
ana keeps link /invited/
somebody opens {link}
somebody sees "Sign in or sign up first. You come back here."
ana opens {link}
ana sees "Tom Baker invites you to Baker & Sons."
ana posts {link}
ana opens /biz
ana sees "Baker & Sons"
ana opens {link} 410
ana sees "This link works no more"
ana opens /biz/found
ana sees "You act for it now"
ana asks /api/v1/me/businesses
ana keeps bakery pty_
# A buyer buys; paying in and inviting are for owners.
ana opens /biz/wallet
ana opens /biz/members 403
ana posts /biz/wallet/pay-in amount=50.00 rail=test -> 403
tom posts /biz/wallet/pay-in amount=50.00 rail=test

# The last owner can't go: somebody has to answer for the business.
tom posts /biz/members/{tom}/remove -> 409
tom sees "A business needs an owner"

# Ana leaves the business, and with her next click it is closed to her.
tom posts /biz/members/{ana}/role role=viewer
ana opens /biz/wallet
tom posts /biz/members/{ana}/remove
ana opens /biz/wallet 403
ana opens /biz/licences 403
ana posts /switch organisation={bakery} -> 404
tom opens /biz/members
tom misses "Ana Lima"

# Ana forgot her password. The page says the same for everybody, so nobody learns who is here.
ana posts /password mail=nobody@example.org
ana posts /password mail=ana@example.org
ana follows
ana sees "If someone here has this address, a link is on its way."
ana reads "Set a new password"
ana keeps anew /password/
ana opens {anew}
ana sees "For Ana Lima. Wherever you are signed in, you will be signed out."
ana posts {anew} password=ana@example.org -> 422
ana sees "At least 10 characters, and not your mail address."
ana posts {anew} password="the river is deep"
ana reads "Your password was changed"
# The link is over: whoever finds it later can do nothing with it.
somebody opens {anew} 410
somebody posts {anew} password="my river now, ha" -> 410
somebody sees "It was used, it is too old, or it never was. Nothing was changed"
# So is a link that lay about for more than an hour.
ana posts /password mail=ana@example.org
ana reads "Set a new password"
ana keeps late /password/
later 61 minutes
ana opens {late} 410

# Guessing: five wrong ones are answered at once, then nobody looks for a while, but at what comes from where Ana
# signed in before: here, where all ask from one place. (From elsewhere: tests/run_stuffing.sh.)
stranger guesser
guesser posts /sign-in mail=ana@example.org password="the river is wide" -> 422
guesser sees "Mail address and password do not belong together."
guesser posts /sign-in mail=ana@example.org password=guess-2 -> 422
guesser posts /sign-in mail=ana@example.org password=guess-3 -> 422
guesser posts /sign-in mail=ana@example.org password=guess-4 -> 422
guesser posts /sign-in mail=ana@example.org password=guess-5 -> 422
guesser posts /sign-in mail=ana@example.org password=guess-6 -> 422
guesser posts /sign-in mail=ana@example.org password="the river is deep"
later 1 minute
ana posts /sign-in mail=ana@example.org password="the river is deep"
ana opens /me/profile

# The operator shuts Ana out: her sessions end with the same click.
sam opens /desk/people?q=Ana
sam sees "Ana Lima"
sam posts /desk/people/{ana}/suspend
ana opens /me/profile 303
ana posts /sign-in mail=ana@example.org password="the river is deep" -> 422
ana sees "The operator has shut this account out."
ana posts /password mail=ana@example.org
sam opens /desk/people?q=Ana
sam sees "Shut out since"
sam posts /desk/people/{ana}/restore
ana posts /sign-in mail=ana@example.org password="the river is deep"
ana opens /me/profile
ana sees "Ana Lima"
# Nobody but operators gets to the desk, and nobody shuts out themselves.
ana opens /desk/people 403
somebody opens /desk/people 303
ana posts /desk/people/{tom}/suspend -> 403
