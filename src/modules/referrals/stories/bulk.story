# A shop tells of many orders at once: each is judged by itself, and told again nothing changes.
at 2026-06-01T09:00:00Z
person maren "Maren Voss"
person ines "Inés Otero"
person lea "Lea Sommer"
business nordlicht "Nordlicht Reisen" of maren with 500.00 EUR
maren posts /biz/programs title="Prints for friends" landing=https://shop.example/ percent=10 percent_2=5 hold_days=14 window_days=30 bound_months=0 model=last joining=open empty=refuse
maren keeps program prg_
maren posts /biz/programs/{program}/fund sum=100.00
maren posts /biz/programs/{program}/start
ines posts /me/programs/{program}/join code=INES
lea posts /me/programs/{program}/join code=LEA by=INES

later 1 days
# The first counts for two, the second is nobody's, the third is not in the program's currency, the fourth is the first again.
maren tells /api/v1/referrals/orders/batch {"lines":[{"order":{"number":"1","placed":"2026-06-01T12:00:00Z","customer":"c1","total":{"minor":10000,"currency":"EUR"},"codes":["LEA"],"lines":[]}},{"order":{"number":"2","placed":"2026-06-01T12:01:00Z","customer":"c2","total":{"minor":5000,"currency":"EUR"},"codes":["NOBODY"],"lines":[]},"click":"clk_1"},{"order":{"number":"3","placed":"2026-06-01T12:02:00Z","customer":"c3","total":{"minor":5000,"currency":"USD"},"codes":["INES"],"lines":[]}},{"order":{"number":"1","placed":"2026-06-01T12:00:00Z","customer":"c1","total":{"minor":10000,"currency":"EUR"},"codes":["LEA"],"lines":[]}}]}
maren sees "{"lines":[{"order":"ord_"
maren sees ""outcome":"made","partners":1,"click_known":false}"
maren sees ""outcome":"made","partners":0,"click_known":false}"
maren sees ""outcome":"same","partners":1"
books lea earnings is 10.00 held 10.00
books ines earnings is 5.00 held 5.00
books nordlicht budget is 85.00 held 0.00

# An answer that was lost: the same call changes nothing.
maren tells /api/v1/referrals/orders/batch {"lines":[{"order":{"number":"1","placed":"2026-06-01T12:00:00Z","customer":"c1","total":{"minor":10000,"currency":"EUR"},"codes":["LEA"],"lines":[]}}]}
maren sees ""outcome":"same","partners":1"
books nordlicht budget is 85.00 held 0.00
