# A business lends its partners texts and notes; each reads them with a link and a code of their own.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person jonas "Jonas Brandt"
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
maren posts /biz/programs title="Night trains" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/start
maren opens /biz/programs/{program}/kit
maren sees "Nothing is lent yet"

# What can't be is said beside the field, and what was typed stays.
maren posts /biz/programs/{program}/kit kind=text language=en title="A story" body="Lovely trains" -> 422
maren sees "without them nobody can be counted"
maren sees "Lovely trains"
maren posts /biz/programs/{program}/kit kind=text language=en title="A story" body="\x7Bname}, go by train: \x7Blink}" -> 422
maren sees "would be published as it stands"
maren posts /biz/programs/{program}/kit kind=picture language=en title="A story" body="By \x7Blink}" -> 422

maren posts /biz/programs/{program}/kit kind=text language=en title="A story" body="Go by train: \x7Blink} (code \x7Bcode})"
maren posts /biz/programs/{program}/kit kind=text language=fr title="Une histoire" body="Prenez le train : \x7Blink}"
maren posts /biz/programs/{program}/kit kind=sample language=en title="A night to try" body="Write to us for a free night."
maren follows
maren keeps item kit_

# A partner has them with their own link; who takes no part has nothing.
ines posts /me/programs/{program}/join code=INES
ines follows
ines keeps part rpt_
ines sees "/r/INES (code INES)"
ines sees "Write to us for a free night."
jonas opens /me/programs/{part}/kit 404
ines opens /me/programs/{part}/kit
ines sees "Prenez le train"
ines misses "\x7Blink}"
ines opens /me/programs/{part}/kit/{item}
ines sees "/r/INES (code INES)"
jonas opens /me/programs/{part}/kit/{item} 404

# Others can change nothing; the business can, puts in another order, and takes away.
jonas posts /biz/kit/{item}/remove -> 403
maren posts /biz/kit/{item}/raise
maren posts /biz/kit/{item} language=en title="A story" body="" -> 422
maren sees "Say something, or remove it."
maren posts /biz/kit/{item} language=en title="The story" body="Slowly, by \x7Blink}"
maren follows
maren sees "The story"
ines opens /me/programs/{part}
ines sees "Slowly, by"
maren posts /biz/kit/{item}/remove
ines opens /me/programs/{part}
ines misses "Slowly, by"

# Who left is lent nothing.
ines posts /me/programs/{part}/leave
ines opens /me/programs/{part}/kit
ines sees "Nothing is lent here yet"
