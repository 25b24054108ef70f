-- What members do for a business is noted as what operators do is.

ALTER TABLE core_act ADD COLUMN owner ID NOT NULL DEFAULT 0; -- whose things it was about, a business or person; 0: the intermediary's
ALTER TABLE core_act ADD COLUMN topic WORDS NOT NULL DEFAULT 'desk'; -- what it was about
DROP INDEX core_act_actor;
CREATE INDEX core_act_owner ON core_act (owner, id);
CREATE INDEX core_act_owner_actor ON core_act (owner, actor, id);
CREATE INDEX core_act_owner_topic ON core_act (owner, topic, id);
