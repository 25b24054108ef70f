-- Early access that rules of programs give.

-- That somebody may see or buy something of a business before everybody may. Shops ask for it by its name.
CREATE TABLE core_access (
    id               KEY,                        -- eac_
    verdict          ID NOT NULL REFERENCES core_verdict (id) DEFERRABLE INITIALLY DEFERRED, -- by which
    program          ID NOT NULL REFERENCES core_program (id), -- the verdict's
    business         ID NOT NULL REFERENCES core_party (id), -- who gives
    party            ID NOT NULL,                -- who has it; 0: known by the mark alone
    mail             WORDS NOT NULL,             -- mark of the mail address; empty: not known
    rule             WORDS NOT NULL,             -- name of the rule
    name             TEXT NOT NULL,              -- to what, as the business calls it
    begins           INSTANT NOT NULL,           -- first moment
    ends             INSTANT NOT NULL,           -- over then
    withdrawn        INSTANT NOT NULL,           -- when it was given back; 0: it holds
    at               INSTANT NOT NULL            -- given
);
CREATE INDEX core_access_verdict ON core_access (verdict, id);
CREATE INDEX core_access_party ON core_access (party, id) WHERE party > 0;
CREATE INDEX core_access_mail ON core_access (mail, id) WHERE mail <> '';
