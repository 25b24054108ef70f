-- What a channel is on which somebody reaches people.

ALTER TABLE referrals_channel ADD COLUMN kind WORDS NOT NULL DEFAULT 'other'; -- sharer_kind
