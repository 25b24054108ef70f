-- member_find(person party_id, organisation party_id) one member_row
-- A membership, also one that ended.
SELECT person, organisation, role, ended FROM core_member
WHERE person = :person AND organisation = :organisation;

-- member_turn(organisation party_id) one party_hit
-- Takes the organisation's turn, so that two changes of its members come one after another.
UPDATE core_party SET kind = kind WHERE id = :organisation AND kind = 'organisation' RETURNING id;

-- member_owners(organisation party_id) one owner_count
-- How many owners an organisation has.
SELECT count(*) AS owners FROM core_member
WHERE organisation = :organisation AND ended = 0 AND role = 'owner';

-- member_put takes member_new nothing
-- Adds a member, gives one another role, or lets a former one come back.
INSERT INTO core_member (person, organisation, role, since)
VALUES (:person, :organisation, :role, :since)
ON CONFLICT (person, organisation) DO UPDATE SET role = excluded.role,
    since = CASE WHEN core_member.ended = 0 THEN core_member.since ELSE excluded.since END,
    ended = 0;

-- member_end(person party_id, organisation party_id, at instant) one party_hit
-- Ends a membership.
UPDATE core_member SET ended = :at
WHERE person = :person AND organisation = :organisation AND ended = 0
RETURNING person AS id;

-- members_of(organisation party_id, after party_id) many member_line
-- Who works for an organisation, in order of their ids.
SELECT m.person, p.name, l.mail, m.role, m.since
FROM core_member m JOIN core_party p ON p.id = m.person JOIN core_login l ON l.person = m.person
WHERE m.organisation = :organisation AND m.person > :after AND m.ended = 0
ORDER BY m.person LIMIT 101;

-- businesses_of(person party_id) many business_line
-- The organisations a person works for, the first one first.
SELECT o.id AS organisation, o.name, o.place, m.role, m.since
FROM core_member m JOIN core_party o ON o.id = m.organisation
WHERE m.person = :person AND m.ended = 0
ORDER BY m.since, o.id LIMIT 200;

-- invitation_insert takes invitation_new nothing
-- An invitation.
INSERT INTO core_invitation (secret, organisation, mail, role, inviter, at, until)
VALUES (:secret, :organisation, :mail, :role, :inviter, :at, :until);

-- invitation_find(secret text, at instant) one invitation_row
-- An invitation that is still good.
SELECT i.organisation, o.name AS organisation_name, i.mail, i.role, p.name AS inviter
FROM core_invitation i
JOIN core_party o ON o.id = i.organisation
JOIN core_party p ON p.id = i.inviter
JOIN core_member m ON m.person = i.inviter AND m.organisation = i.organisation
WHERE i.secret = :secret AND i.used = 0 AND i.until > :at AND o.suspended = 0
  AND m.ended = 0 AND m.role = 'owner';

-- invitation_use(secret text, at instant) one secret_hit
-- Takes an invitation; no row means that it is good no more.
UPDATE core_invitation SET used = :at
WHERE secret = :secret AND used = 0 AND until > :at
RETURNING secret;

-- invitations_open(organisation party_id, at instant) many invitation_line
-- Invitations that nobody has taken yet.
SELECT mail, role, until FROM core_invitation
WHERE organisation = :organisation AND used = 0 AND until > :at
ORDER BY until LIMIT 100;

-- invitations_end(organisation party_id, mail text, at instant) nothing
-- Calls off what was sent to an address.
UPDATE core_invitation SET used = :at
WHERE organisation = :organisation AND mail = :mail AND used = 0;

-- member_able(person party_id) one party_hit
-- A person, who can belong to an organisation.
SELECT person AS id FROM core_login WHERE person = :person;

-- sessions_join(person party_id, organisation party_id) nothing
-- Where a person acted for nobody, they act for their new business.
UPDATE core_session SET organisation = :organisation WHERE person = :person AND organisation = 0;

-- sessions_leave(person party_id, organisation party_id) nothing
-- Where a former member acted for the business, they act for nobody.
UPDATE core_session SET organisation = 0 WHERE person = :person AND organisation = :organisation;
