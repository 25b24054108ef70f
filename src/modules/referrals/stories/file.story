# Orders that come by file count like others; taken back with the file, what was given for them comes back.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 hold_days=0 window_days=30 bound_months=0 model=last joining=open empty=wait
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES
maren posts /biz/imports kind=orders text="Order;Date;Total;Codes\x0A71;2026-06-01T09:00:10Z;20,00;INES\x0A72;2026-06-01T09:00:20Z;35,00;\x0A73;2026-06-01T09:00:30Z;10,00;ines\x0A"
maren keeps import imp_
maren posts /biz/imports/{import}/check fields=number fields=placed fields=total fields=codes
later 1 minutes
maren posts /biz/imports/{import}/run
later 2 minutes
books ines earnings is 3.00 held 0.00
books nordlicht budget is 97.00 held 0.00
maren posts /biz/imports/{import}/undo
later 2 minutes
books ines earnings is 0.00 held 0.00
books nordlicht budget is 100.00 held 0.00
