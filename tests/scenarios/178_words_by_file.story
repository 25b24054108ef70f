# Words and prices of many photographs come by one file: looked at, judged against what is there before anything
# is changed, taken in and taken back. A person brings them for their own photographs alone.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
photo meadow /usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg by ines checked by sam title="Before the mowing" tags="meadow" category=nature standard=40.00 buyout=900.00
maren posts /photos/{meadow}/buy licence=standard seen=40.00

# What there is leaves in the columns that a file may have, with what came of it.
ines opens /me/imports
ines sees "No file was brought yet."
ines sees "Photographs"
ines misses "Customers"
ines opens /me/exports/photos
ines sees "photo,file,state,title,description,tags,category,standard,standard_currency,extended,extended_currency"
ines sees ",seeding_by_Clements_Engelhardt.jpg,accepted,Before the mowing,,meadow,nature,40.00,EUR,,,,,900.00,EUR,1,14.72,EUR,"
maren opens /me/exports/photos
maren misses "mowing"

# Read without changing anything: each line is judged by what there is.
ines posts /me/imports kind=orders text="number\x0A1\x0A" -> 422
ines posts /me/imports kind=photos text="file,title,description,tags,price,all rights\x0Aseeding_by_Clements_Engelhardt.jpg,Meadow in June,Long grass,\x22meadow, June\x22,45.00,\x0Aelsewhere.jpg,Lost,,lost,1.00,\x0Aseeding_by_Clements_Engelhardt.jpg,,,meadow,1.00,\x0Aseeding_by_Clements_Engelhardt.jpg,Dear,,meadow,2.00 USD,\x0A"
ines keeps import imp_
ines opens /me/imports/{import}
ines sees "Name of its file"
maren opens /me/imports/{import} 404
maren opens /biz/imports/{import} 404
ines posts /me/imports/{import}/check fields=file fields=title fields=description fields=tags fields=standard fields=buyout
later 1 minutes
ines opens /me/imports/{import}
ines sees "1 record can be taken in."
ines sees "3 have errors and are left out."
ines sees "No photograph of yours has this number or file name"
ines sees "elsewhere.jpg"
ines sees "A title, tags and at least one price must stay"
ines sees "Another currency than the one used here."
ines opens /photos/{meadow}
ines sees "Before the mowing"
maren posts /me/imports/{import}/run -> 404
ines posts /me/imports/{import}/run
later 1 minutes
ines opens /me/imports/{import}
ines sees "It was taken in: 0 new, 1 changed"
ines opens /me/exports/photos
ines sees ",accepted,Meadow in June,Long grass,\x22meadow, June\x22,nature,45.00,EUR,,,,,,,1,14.72,EUR,"
somebody opens /photos?q=june
somebody sees "Meadow in June"

# Taken back, it says again what it said, and is found by that.
ines posts /me/imports/{import}/undo
later 1 minutes
ines opens /me/imports/{import}
ines sees "It was taken back."
ines misses "changed since"
ines opens /me/exports/photos
ines sees ",accepted,Before the mowing,,meadow,nature,40.00,EUR,,,,,900.00,EUR,1,14.72,EUR,"
somebody opens /photos?q=june
somebody misses "Meadow in June"
somebody opens /photos?q=mowing
somebody sees "Before the mowing"

# The file that left, brought back, changes nothing; and what was said on the page since stays when a file is taken back.
ines posts /me/imports kind=photos text="\x7B\x22photo\x22:\x22{meadow}\x22,\x22title\x22:\x22By program\x22,\x22buyout\x22:\x7B\x22minor\x22:0,\x22currency\x22:\x22EUR\x22\x7D\x7D\x0A\x7B\x22photo\x22:\x22{meadow}\x22,\x22title\x22:\x22By program\x22\x7D\x0A"
ines keeps second imp_
ines posts /me/imports/{second}/check
later 1 minutes
ines posts /me/imports/{second}/run
later 1 minutes
ines opens /me/imports/{second}
ines sees "1 changed, 1 known already"
ines posts /me/offers/{meadow}/describe title="By hand" tags="meadow" category=nature standard=40.00
ines posts /me/imports/{second}/undo
later 1 minutes
ines opens /me/imports/{second}
ines sees "1 was changed since and stayed."
ines opens /photos/{meadow}
ines sees "By hand"

# What was sold keeps its words.
ines posts /me/offers/{meadow}/describe title="By hand" tags="meadow" category=nature standard=40.00 buyout=50.00
maren posts /photos/{meadow}/buy licence=buyout seen=50.00
ines posts /me/imports kind=photos text="photo,title\x0A{meadow},Too late\x0A"
ines keeps third imp_
ines posts /me/imports/{third}/check
later 1 minutes
ines opens /me/imports/{third}
ines sees "It is being looked at, closed or sold, so its words stay"
