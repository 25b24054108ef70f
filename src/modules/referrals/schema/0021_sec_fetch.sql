-- What the request of a click said, so that every click can be judged by it and not only one whose page reported.

ALTER TABLE referrals_click ADD COLUMN seen NUMBER NOT NULL DEFAULT 0; -- bits of clicks/seen.h; 0: nothing is known
