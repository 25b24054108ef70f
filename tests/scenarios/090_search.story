# What people look for is found: in Chinese, with a typo, with conditions; what was taken back is not.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person wei "林薇"
operator sam
photo market /usr/share/backgrounds/Wine_by_Jakkub_Mede.jpg by wei checked by sam title="臺北夜市的燈光" tags="夜市, 燈光" category=food standard=12.00
photo bridge /usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg by ines checked by sam title="Bridge over the harbour" tags="bridge, harbour" category=city standard=4.00 editorial=2.50
photo dragonfly /usr/share/backgrounds/Dragonfly_by_Bolly.jpg by ines checked by sam title="Dragonfly at rest" tags="insect, harbour" category=animals standard=40.00 buyout=900.00

# Newest first.
somebody opens /photos
somebody sees "Dragonfly at rest"
somebody sees "Bridge over the harbour"
somebody sees "臺北夜市的燈光"

# Two Chinese characters out of the middle of a title, and the name of the author.
somebody opens /photos?q=夜市
somebody sees "臺北夜市的燈光"
somebody misses "Bridge over the harbour"
somebody opens /photos?q=林薇
somebody sees "臺北夜市的燈光"
somebody opens /photos?q=市夜
somebody misses "臺北夜市的燈光"

# Capitals, accents and one wrong letter make no difference.
somebody opens /photos?q=HARBOUR
somebody sees "Bridge over the harbour"
somebody sees "Dragonfly at rest"
somebody opens /photos?q=ines
somebody sees "Bridge over the harbour"
somebody opens /photos?q=dragonfyl
somebody sees "Dragonfly at rest"
somebody opens /photos?q=harbuor+bridge
somebody sees "Bridge over the harbour"
somebody misses "Dragonfly at rest"
somebody opens /photos?q=submarine
somebody sees "No photograph of that. Yet."

# Conditions.
somebody opens /photos?category=animals
somebody sees "Dragonfly at rest"
somebody misses "Bridge over the harbour"
somebody opens /photos?q=harbour&licence=buyout
somebody sees "Dragonfly at rest"
somebody misses "Bridge over the harbour"
somebody opens /photos?licence=editorial
somebody sees "Bridge over the harbour"
somebody misses "Dragonfly at rest"
somebody opens /photos?q=harbour&price_to=5
somebody sees "Bridge over the harbour"
somebody misses "Dragonfly at rest"
somebody opens /photos?price_from=12.00&price_to=12.00
somebody sees "臺北夜市的燈光"
somebody misses "Bridge over the harbour"
somebody opens /photos?shape=wide
somebody sees "Bridge over the harbour"
somebody opens /photos?clip=on
somebody misses "Bridge over the harbour"
# A price that is none is said so and left aside; so is what we don't know.
somebody opens /photos?price_to=12,3.4
somebody sees "An amount as 12.50 was expected. The price was left aside."
somebody opens /photos?q=harbour&colour=octarine&sort=best
somebody sees "Bridge over the harbour"

# Other words find it under them, and under the old ones no more.
ines posts /me/offers/{bridge}/describe title="Crossing at dawn" tags="crossing" category=city standard=4.00
somebody opens /photos?q=crossing
somebody sees "Crossing at dawn"
somebody opens /photos?q=bridge
somebody misses "Crossing at dawn"

# Taken back, it is gone from every list at once; offered again and accepted, it is back.
ines posts /me/offers/{dragonfly}/withdraw
somebody opens /photos?q=harbour
somebody misses "Dragonfly at rest"
somebody opens /photos
somebody misses "Dragonfly at rest"
somebody opens /photos?category=animals
somebody misses "Dragonfly at rest"
somebody opens /photos/{dragonfly}
somebody sees "Its author has taken this photograph back."
ines posts /me/offers/{dragonfly}/restore
somebody opens /photos
somebody misses "Dragonfly at rest"
sam posts /desk/photos/{dragonfly}/accept
somebody opens /photos?q=insect
somebody sees "Dragonfly at rest"
