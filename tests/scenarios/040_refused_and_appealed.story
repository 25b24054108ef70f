# No "no" without its reason, and none that a second person can't look at.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
operator sam
operator noor
ines sends /usr/share/backgrounds/Dragonfly_by_Bolly.jpg as dragonfly
ines posts /me/offers/{dragonfly}/submit title="Car" tags="car, road" category=travel standard=4.00
books ines earnings is 0.00

# The original at full size is for operators only, made when first asked for, and each look is recorded.
sam opens /desk/photos/{dragonfly}
sam sees "Original at full size"
ines opens /desk/photos/{dragonfly}/original 403
sam opens /desk/photos/{dragonfly}/original
sam sees "The original is being prepared."
recorded stock.photo.inspected by sam 0
later 1 minutes
sam downloads /desk/photos/{dragonfly}/original image/jpeg
sam downloads /desk/photos/{dragonfly}/original image/jpeg
recorded stock.photo.inspected by sam 2
recorded stock.photo.inspected by ines 0

# Refused: a reason has to be chosen, and "another reason" needs its own words.
sam posts /desk/photos/{dragonfly}/refuse -> 422
sam posts /desk/photos/{dragonfly}/refuse reason=other -> 422
sam posts /desk/photos/{dragonfly}/refuse reason=text note="It is a dragonfly, not a car."
ines opens /me/offers
ines sees "Title or tags do not fit the picture"
ines opens /me/offers/{dragonfly}
ines sees "It is a dragonfly, not a car."
somebody opens /photos/{dragonfly} 404
# Decided is decided.
sam posts /desk/photos/{dragonfly}/accept -> 422

# Improved: with better words it is offered again, and accepted.
ines posts /me/offers/{dragonfly}/improve title="Dragonfly at rest" tags="dragonfly, insect" category=animals standard=4.00
sam opens /desk
sam sees "Dragonfly at rest"
sam posts /desk/photos/{dragonfly}/accept
somebody opens /photos/{dragonfly}
somebody sees "Dragonfly at rest"

# Another one is refused. She appeals; the operator who refused it may not decide again, another one does.
ines sends /usr/share/backgrounds/life_by_Aitzol_Berasategi.jpg as life
ines posts /me/offers/{life}/submit title="Life" tags="life, green" category=nature standard=4.00
sam posts /desk/photos/{life}/refuse reason=unsharp
ines posts /me/offers/{life}/appeal appeal="" -> 422
ines posts /me/offers/{life}/appeal appeal="The edge is soft because it moves, and it should."
sam posts /desk/photos/{life}/accept -> 422
sam sees "An appeal goes to another operator than the one who refused."
sam posts /desk/photos/{life}/refuse reason=unsharp -> 422
noor opens /desk/photos/{life}
noor sees "The edge is soft because it moves, and it should."
noor posts /desk/photos/{life}/accept
somebody opens /photos/{life}
somebody sees "Life"

# A third is refused, appealed, and refused again by somebody else: that ends it.
ines sends /usr/share/backgrounds/greentock_by_Peter_Nerlich.jpg as clock
ines posts /me/offers/{clock}/submit title="Clock" tags="clock, green" category=things standard=4.00
noor posts /desk/photos/{clock}/refuse reason=copy
ines posts /me/offers/{clock}/appeal appeal="I took both of them."
sam posts /desk/photos/{clock}/refuse reason=copy note="The other one was here two years before you."
ines opens /me/offers?which=ended
ines sees "Clock"
ines posts /me/offers/{clock}/appeal appeal="Once more, please." -> 409
ines posts /me/offers/{clock}/improve title="Clock" tags="clock" category=things standard=4.00 -> 409
somebody opens /photos/{clock} 404

# A refusal can be appealed for fourteen days; later it can still be mended.
ines sends /usr/share/backgrounds/friends_by_Aitzol_Berasategi.jpg as friends
ines posts /me/offers/{friends}/submit title="Friends" tags="friends" category=people standard=4.00
sam posts /desk/photos/{friends}/refuse reason=release
later 15 days
ines posts /me/offers/{friends}/appeal appeal="They all agree." -> 422
ines sees "An appeal is possible for 14 days after a refusal."
ines posts /me/offers/{friends}/improve title="Friends" description="All four have agreed in writing." tags="friends" category=people standard=4.00
sam posts /desk/photos/{friends}/accept
# Nobody else decides.
ines posts /desk/photos/{friends}/accept -> 403
