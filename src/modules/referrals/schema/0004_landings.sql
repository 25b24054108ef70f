-- What the pages report to which a click led.

-- What the shop's page said of the visit that a click began, once. A browser says it: a hint, never a proof.
CREATE TABLE referrals_landing (
    click            KEY,                        -- clk_
    visible          NUMBER NOT NULL,            -- milliseconds for which the page was in sight, an hour at most
    touches          NUMBER NOT NULL,            -- pointer and key events, 1,000 at most
    at               INSTANT NOT NULL            -- when the report came
);
