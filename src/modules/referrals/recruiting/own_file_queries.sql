-- sharer_file_rows(person party_id, after sharer_id) many sharer_file_row
-- What somebody says about themselves, with their channels.
SELECT s.id AS sharer, s.name, s.about, s.shown, s.reach, s.topics, s.languages, s.countries,
       COALESCE((SELECT c.address FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 1), '') AS address_1,
       COALESCE((SELECT c.kind FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 1), '') AS kind_1,
       (SELECT c.reach FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 1) AS reach_1,
       COALESCE((SELECT c.address FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 2), '') AS address_2,
       COALESCE((SELECT c.kind FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 2), '') AS kind_2,
       (SELECT c.reach FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 2) AS reach_2,
       COALESCE((SELECT c.address FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 3), '') AS address_3,
       COALESCE((SELECT c.kind FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 3), '') AS kind_3,
       (SELECT c.reach FROM referrals_channel c WHERE c.sharer = s.id AND c.place = 3) AS reach_3,
       s.at AS said
FROM referrals_sharer s WHERE s.person = :person AND s.id > :after ORDER BY s.id LIMIT 1000;
