-- widget_click(click referrals_click_id) one widget_click_row
-- A click that a page reports on.
SELECT id AS click, at FROM referrals_click WHERE id = :click;

-- referrals_landing_insert takes referrals_landing_row nothing
-- Keeps the first report of a click.
INSERT INTO referrals_landing (click, visible, touches, scrolled, source, device, hosted, at)
VALUES (:click, :visible, :touches, :scrolled, :source, :device, :hosted, :at)
ON CONFLICT (click) DO NOTHING;

-- landing_reports(click referrals_click_id, at instant) nothing
-- From its first report on, a program's pages are known to report.
UPDATE referrals_program SET reports = :at
WHERE reports = 0 AND program = (
    SELECT l.program FROM referrals_click c JOIN referrals_link l ON l.id = c.link WHERE c.id = :click);

-- referrals_landing_of(click referrals_click_id) one referrals_landing_row
-- What was reported of a click.
SELECT click, visible, touches, scrolled, source, device, hosted, at FROM referrals_landing WHERE click = :click;

-- widget_shop(business party_id) one widget_shop_row
-- A business, whether it has programs or not.
SELECT id AS business FROM core_party WHERE id = :business AND kind = 'organisation' AND suspended = 0;

-- widget_order_of(business party_id, number text) one widget_order_row
-- An order by the shop's own number.
SELECT id FROM core_order WHERE business = :business AND number = :number;
