-- Clicks that were counted are looked at once more before what they gave is free.

-- Of an hour of clicks that counts.
ALTER TABLE referrals_hour_event ADD COLUMN again INSTANT NOT NULL DEFAULT 0;  -- when to look again; 0: it was done, or never
ALTER TABLE referrals_hour_event ADD COLUMN taken NUMBER NOT NULL DEFAULT 0;   -- events taken back for clicks of its own
ALTER TABLE referrals_hour_event ADD COLUMN carried NUMBER NOT NULL DEFAULT 0; -- to be taken back for those of hours before

CREATE INDEX referrals_hour_event_again ON referrals_hour_event (again, id) WHERE again > 0;

-- Clicks that led to an order that is held or was rejected by the rules, or that came when its buyer stood at the till.
CREATE TABLE referrals_led (
    click            KEY,                        -- clk_
    score            NUMBER NOT NULL,            -- points of the order; 0: it counts
    basket           NUMBER NOT NULL             -- seconds for which its basket had been open; 0: it was opened later
);
