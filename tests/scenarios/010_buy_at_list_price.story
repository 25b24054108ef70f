# A photograph comes in, is accepted, found and bought at list price; the books say so at each step.
at 2026-06-01T09:00:00Z
person ines "Inés Otero"
person maren "Maren Voss"
operator sam
business nordlicht "Nordlicht Reisen" of maren with 100.00 EUR
books nordlicht wallet is 100.00
somebody opens /photos
somebody misses "The path"
