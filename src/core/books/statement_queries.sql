-- statement_account_of(party party_id, purpose account_purpose, currency text) one statement_account
-- The account that a statement is about.
SELECT id, floor_minor FROM ledger_account
WHERE party = :party AND purpose = :purpose AND currency = :currency AND issuer = 0;

-- statement_lines(account account_id, after transfer_id, last transfer_id, since posting_id, before posting_id) many statement_row
-- What came into and went out of an account between two postings, oldest first; no transfer of them has an id from `last` on.
-- The pairs and `+ 0` say nothing more, but leave PostgreSQL, which plans without knowing the values, only the
-- index of the account: by that of postings it would read everybody's transfers of the time for each page.
SELECT id, posting, other, minor, reason, corrects, at FROM (
    SELECT * FROM (
        SELECT t.id, t.posting, o.purpose AS other, -t.amount_minor AS minor, t.reason, t.corrects, t.at
        FROM ledger_transfer t JOIN ledger_account o ON o.id = t.to_account
        WHERE t.from_account = :account AND t.id > :after AND t.id < :last
          AND (t.from_account, t.id) > (:account, :after) AND (t.from_account, t.id) < (:account, :last)
          AND t.posting + 0 >= :since AND t.posting + 0 < :before
        ORDER BY t.id LIMIT 500) AS outgoing
    UNION ALL
    SELECT * FROM (
        SELECT t.id, t.posting, o.purpose AS other, t.amount_minor AS minor, t.reason, t.corrects, t.at
        FROM ledger_transfer t JOIN ledger_account o ON o.id = t.from_account
        WHERE t.to_account = :account AND t.id > :after AND t.id < :last
          AND (t.to_account, t.id) > (:account, :after) AND (t.to_account, t.id) < (:account, :last)
          AND t.posting + 0 >= :since AND t.posting + 0 < :before
        ORDER BY t.id LIMIT 500) AS incoming) AS lines
ORDER BY id LIMIT 500;
