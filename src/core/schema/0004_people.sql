-- Invitations into organisations, and names that the desk can search.

-- The name in lower case, for search by its beginning.
ALTER TABLE core_party ADD COLUMN folded WORDS NOT NULL DEFAULT '';
CREATE INDEX core_party_folded ON core_party (folded);

-- An invitation to work for an organisation; whoever holds its link may take it.
CREATE TABLE core_invitation (
    secret           WORDS NOT NULL PRIMARY KEY, -- BLAKE2b-256 of the link's secret, hex
    organisation     ID NOT NULL REFERENCES core_party (id), -- which organisation
    mail             WORDS NOT NULL,             -- where the link was sent, in lower case
    role             WORDS NOT NULL,             -- member_role
    inviter          ID NOT NULL REFERENCES core_party (id), -- the owner who asked
    at               INSTANT NOT NULL,           -- asked
    until            INSTANT NOT NULL,           -- over then
    used             INSTANT NOT NULL DEFAULT 0  -- when it was taken or called off; 0: open
);
CREATE INDEX core_invitation_organisation ON core_invitation (organisation, used, until);

-- What the desk looks through.
CREATE INDEX core_job_state ON core_job (state, id);

-- What a person takes with them.
CREATE INDEX core_message_author ON core_message (author, id);
CREATE INDEX core_history_actor ON core_history (actor, id);
