# Each day of the books is closed once it is over, and whoever has an account gets a signed statement of some
# days, which anybody can check.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
operator sam
person maren "Maren Voss"
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
photo valley /usr/share/backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg by ines checked by sam title="Valley in the morning" tags="mountain, valley" category=nature standard=4.00
maren posts /photos/{valley}/buy licence=standard seen=4.00
later 23 hours
closed 2026-06-01 with 2
later 4 days
closed 2026-06-04 with 0

# What Inés earned: nothing before, her share and the handling of it on that day.
ines opens /me/money/lines
ines sees "A statement as a file"
ines sees "2026-05-01"
ines sees "2026-05-31"
ines opens /me/money/statement?from=2026-06-01&through=2026-06-02
ines checks good
ines sees "\x22name\x22:\x22Inés Otero\x22,\x22account\x22:\x22earnings\x22"
ines sees "\x22opening_minor\x22:0"
ines sees "\x22words\x22:\x22The author's share\x22"
ines sees "\x22closing_minor\x22:147"
ines asks /api/v1/me/money/statement?from=2026-06-02&through=2026-06-04
ines checks good
ines sees "\x22opening_minor\x22:147"
ines sees "\x22transfers\x22:0"

# The business's wallet has one, too; nobody gets another's.
maren opens /biz/wallet
maren sees "Get the statement"
maren opens /biz/wallet/statement?from=2026-06-01&through=2026-06-01
maren checks good
maren sees "\x22name\x22:\x22Nordlicht Reisen\x22,\x22account\x22:\x22wallet\x22"
maren sees "\x22closing_minor\x22:9600"
maren misses "_minor\x22:147"
ines opens /biz/wallet/statement?from=2026-06-01&through=2026-06-01 403
somebody opens /me/money/statement?from=2026-06-01&through=2026-06-01 303

# Days that are none, in the wrong order or still to come.
ines opens /me/money/statement?from=2026-06-02&through=2026-06-01 422
ines sees "There is no statement of these days"
ines opens /me/money/statement?from=2027-06-01&through=2027-06-02 422
ines opens /me/money/statement?from=yesterday&through=2026-06-01 422
