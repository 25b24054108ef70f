-- stock_talks_of_author(author party_id, first text, second text, third text, fourth text, before integer, most integer) many stock_talk_row
-- Talks about a person's photographs in up to four states, newest first.
SELECT v.*
FROM (SELECT id FROM (SELECT id FROM core_deal
                      WHERE supplier = :author AND flow = 'stock.deal' AND state = :first AND id < :before
                      ORDER BY id DESC LIMIT :most) one
      UNION ALL
      SELECT id FROM (SELECT id FROM core_deal
                      WHERE supplier = :author AND flow = 'stock.deal' AND state = :second AND id < :before
                      ORDER BY id DESC LIMIT :most) two
      UNION ALL
      SELECT id FROM (SELECT id FROM core_deal
                      WHERE supplier = :author AND flow = 'stock.deal' AND state = :third AND id < :before
                      ORDER BY id DESC LIMIT :most) three
      UNION ALL
      SELECT id FROM (SELECT id FROM core_deal
                      WHERE supplier = :author AND flow = 'stock.deal' AND state = :fourth AND id < :before
                      ORDER BY id DESC LIMIT :most) four) found
JOIN stock_talk_shown v ON v.id = found.id
ORDER BY v.id DESC LIMIT :most;

-- stock_talks_of_buyer(buyer party_id, first text, second text, third text, fourth text, before integer, most integer) many stock_talk_row
-- Talks of a business in up to four states, newest first.
SELECT v.*
FROM (SELECT id FROM (SELECT id FROM core_deal
                      WHERE buyer = :buyer AND flow = 'stock.deal' AND state = :first AND id < :before
                      ORDER BY id DESC LIMIT :most) one
      UNION ALL
      SELECT id FROM (SELECT id FROM core_deal
                      WHERE buyer = :buyer AND flow = 'stock.deal' AND state = :second AND id < :before
                      ORDER BY id DESC LIMIT :most) two
      UNION ALL
      SELECT id FROM (SELECT id FROM core_deal
                      WHERE buyer = :buyer AND flow = 'stock.deal' AND state = :third AND id < :before
                      ORDER BY id DESC LIMIT :most) three
      UNION ALL
      SELECT id FROM (SELECT id FROM core_deal
                      WHERE buyer = :buyer AND flow = 'stock.deal' AND state = :fourth AND id < :before
                      ORDER BY id DESC LIMIT :most) four) found
JOIN stock_talk_shown v ON v.id = found.id
ORDER BY v.id DESC LIMIT :most;

-- stock_talks_for_author(author party_id, most integer) many stock_talk_row
-- Offers that wait for a person's answer, the oldest first.
SELECT * FROM stock_talk_shown WHERE author = :author AND state = 'offered' ORDER BY id LIMIT :most;

-- stock_talks_for_buyer(buyer party_id, most integer) many stock_talk_row
-- Counter-offers that wait for a business' answer, the oldest first.
SELECT * FROM stock_talk_shown WHERE buyer = :buyer AND state = 'countered' ORDER BY id LIMIT :most;

-- stock_talk_of(deal deal_id, party party_id) one stock_talk_row
-- A talk for one of its two sides.
SELECT * FROM stock_talk_shown WHERE id = :deal AND (author = :party OR buyer = :party);
