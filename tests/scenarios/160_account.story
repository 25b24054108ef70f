# Lea sees where she is signed in and ends what she does not know. For the account that she is paid to
# she proves once more who she is.
at 2026-06-01T09:00:00Z
stranger lea
stranger phone
stranger laptop
stranger tom
lea posts /sign-up name="Lea Brandt" mail=lea@example.org password="a lamp by the window"
tom posts /sign-up name="Tom Baker" mail=tom@example.org password="bread at five o'clock"
lea opens /me/security
lea sees "Where you are signed in"
lea sees "(this one)"
lea misses "Sign out everywhere else"

# Two more browsers; one she ends by its line, the other with all others. Nobody ends another's.
phone posts /sign-in mail=lea@example.org password="a lamp by the window"
phone opens /me/profile
lea opens /me/security
lea sees "Sign out everywhere else"
lea keeps away ses_
tom posts /me/security/sessions/{away}/end -> 404
phone opens /me/profile
lea posts /me/security/sessions/{away}/end
phone opens /me/profile 303
lea posts /me/security/sessions/{away}/end -> 404
laptop posts /sign-in mail=lea@example.org password="a lamp by the window"
lea posts /me/security/others/end
laptop opens /me/profile 303
lea opens /me/profile
tom opens /me/profile

# The session has proved itself with the sign-in; after a quarter of an hour it must again.
lea posts /me/money/account holder="Lea Brandt" iban="ES91 2100 0418 4502 0005 1332"
later 16 minutes
lea posts /me/money/account holder="Lea Brandt" iban="DE75512108001245126199"
lea follows
lea sees "Is it still you?"
lea posts /me/prove password_again="a lamp by the door" -> 422
lea opens /me/money
lea misses "6199"
lea posts /me/prove password_again="a lamp by the window" next=/me/money
lea follows
lea sees "1332"
lea posts /me/money/account holder="Lea Brandt" iban="DE75512108001245126199"
lea opens /me/money
lea sees "6199"

# A new password ends all other sessions.
phone posts /sign-in mail=lea@example.org password="a lamp by the window"
phone opens /me/profile
lea posts /me/password password_now="a lamp by the window" password="a lamp in the hall"
phone opens /me/profile 303
lea opens /me/profile

# An app on her phone: from now on the password alone opens one page, and each code works once.
lea opens /me/security
lea sees "A code beside the password"
lea posts /me/security/code/begin
lea follows
lea sees "No camera? Give the app this secret:"
lea asks /api/v1/me/code
lea scans
lea posts /me/security/code code=12345 -> 422
lea sees "This code is wrong, too old, or was used already."
lea takes code
lea posts /me/security/code code={code} -> 200
lea sees "Your recovery codes"
lea reads "A code is now asked for when you sign in"
lea opens /me/security
lea sees "10 recovery codes are left."
phone posts /sign-in mail=lea@example.org password="a lamp in the hall"
phone follows
phone sees "Your code"
phone posts /sign-in/code code={code} -> 422
laptop posts /sign-in mail=lea@example.org password="a lamp in the hall"
laptop opens /me/profile 303
later 1 minute
lea takes code
phone posts /sign-in/code code={code}
phone opens /me/profile

# The code proves again who she is; used once there, it turns nothing off.
later 16 minutes
phone posts /me/money/account holder="Lea Brandt" iban="ES91 2100 0418 4502 0005 1332"
phone follows
phone sees "Or a code of your app"
lea takes code
phone posts /me/prove code={code} next=/me/money
phone posts /me/money/account holder="Lea Brandt" iban="ES91 2100 0418 4502 0005 1332"
phone posts /me/security/code/off password_now="a lamp in the hall" code={code} -> 422
later 1 minute
lea takes code
phone posts /me/security/code/off password_now="a lamp in the hall" code={code}
lea reads "No code is asked for any more"
lea opens /me/profile 303
lea posts /sign-in mail=lea@example.org password="a lamp in the hall"
lea opens /me/profile

# She loses phone and codes. The desk takes the code off, with a reason that she reads, and proves itself before.
operator sam
lea posts /me/security/code/begin
lea asks /api/v1/me/code
lea scans
lea takes code
lea posts /me/security/code code={code} -> 200
sam opens /desk/people/{lea}/factors
sam sees "A code is asked for since"
sam posts /desk/people/{lea}/factors reason=lost -> 422
later 16 minutes
sam posts /desk/people/{lea}/factors reason="Called back on the number of her contract."
lea opens /me/profile
sam signs in
sam posts /desk/people/{lea}/factors reason="Called back on the number of her contract."
recorded core.party.factors_reset by sam 1
lea opens /me/profile 303
lea reads "Your code and passkeys were taken off"
lea sees "Called back on the number of her contract."
lea posts /sign-in mail=lea@example.org password="a lamp in the hall"
lea opens /me/profile
tom posts /desk/people/{lea}/factors reason="Because I would like to." -> 403

# She moves to another mail address. Nothing changes until the new one is read, and the old one can take it back.
lea opens /me/security
lea sees "Not confirmed yet"
lea reads "Confirm your mail address"
lea keeps confirmation /mail/
lea posts {confirmation}
lea posts /me/mail mail=TOM@example.org -> 422
lea posts /me/mail mail=lea.brandt@example.org
lea opens /me/security
lea misses "lea.brandt@example.org"

# Who never had a password gets the first one by mail, not from a page that somebody left open.
person ines "Inés Otero"
ines opens /me/password
ines sees "The first one comes by a link to ines@example.org"
ines posts /me/password password="a way in for thieves" -> 422
ines sees "Ask for a link by mail"
ines posts /password mail=ines@example.org
ines reads "Set a new password"
