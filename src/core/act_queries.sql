-- act_insert takes act nothing
-- Notes what an operator did.
INSERT INTO core_act (id, actor, name, subject, was, became, note, at)
VALUES (:id, :actor, :name, :subject, :was, :became, :note, :at);
