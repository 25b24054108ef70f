-- act_insert takes act nothing
-- Notes what somebody did.
INSERT INTO core_act (id, owner, topic, actor, name, subject, was, became, note, at)
VALUES (:id, :owner, :topic, :actor, :name, :subject, :was, :became, :note, :at);
