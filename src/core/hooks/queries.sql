-- hook_insert takes hook_row nothing
-- Keeps a receiver.
INSERT INTO core_hook (id, owner, address, about, events, secret, former, former_until, state, failing, resumed, at)
VALUES (:id, :owner, :address, :about, :events, :secret, :former, :former_until, :state, :failing, :resumed, :at);

-- hooks_any() one hook_hit
-- A receiver, when there is one at all.
SELECT id FROM core_hook WHERE id > 0 ORDER BY id LIMIT 1;

-- hooks_of(owner party_id) many hook_row
-- Receivers of a party, the first one first, without those that were removed.
SELECT id, owner, address, about, events, secret, former, former_until, state, failing, resumed, at
FROM core_hook WHERE owner = :owner AND state <> 'removed' ORDER BY id LIMIT 100;

-- hooks_told(owner party_id, at instant) many hook_row
-- Receivers that a party had already at a moment, unless it is shut out.
SELECT h.id, h.owner, h.address, h.about, h.events, h.secret, h.former, h.former_until, h.state, h.failing, h.resumed, h.at
FROM core_hook h JOIN core_party p ON p.id = h.owner
WHERE h.owner = :owner AND h.state <> 'removed' AND h.at <= :at AND p.suspended = 0 ORDER BY h.id LIMIT 100;

-- hook_of(id hook_id, owner party_id) one hook_row
-- A receiver of a party.
SELECT id, owner, address, about, events, secret, former, former_until, state, failing, resumed, at
FROM core_hook WHERE id = :id AND owner = :owner AND state <> 'removed';

-- hook_by_id(id hook_id) one hook_row
-- A receiver, removed or not.
SELECT id, owner, address, about, events, secret, former, former_until, state, failing, resumed, at
FROM core_hook WHERE id = :id;

-- hook_lock(id hook_id) one hook_row
-- A receiver whose messages are about to be moved: one after another, whatever process does it.
-- on sqlite
SELECT id, owner, address, about, events, secret, former, former_until, state, failing, resumed, at
FROM core_hook WHERE id = :id;
-- on postgresql
SELECT id, owner, address, about, events, secret, former, former_until, state, failing, resumed, at
FROM core_hook WHERE id = :id FOR NO KEY UPDATE;

-- hook_try_lock(id hook_id) one hook_row
-- The same; none when another process is at it.
-- on sqlite
SELECT id, owner, address, about, events, secret, former, former_until, state, failing, resumed, at
FROM core_hook WHERE id = :id;
-- on postgresql
SELECT id, owner, address, about, events, secret, former, former_until, state, failing, resumed, at
FROM core_hook WHERE id = :id FOR NO KEY UPDATE SKIP LOCKED;

-- hook_change takes hook_wording one hook_hit
-- Another address, or other events.
UPDATE core_hook SET address = :address, about = :about, events = :events
WHERE id = :id AND owner = :owner AND state <> 'removed' RETURNING id;

-- hook_rotate(id hook_id, owner party_id, secret text, former_until instant) one hook_hit
-- Another secret; the one of now signs, too, for a while.
UPDATE core_hook SET former = secret, former_until = :former_until, secret = :secret
WHERE id = :id AND owner = :owner AND state <> 'removed' RETURNING id;

-- hook_set_state(id hook_id, state hook_state, failing instant, resumed instant) nothing
-- Paused, resumed or removed.
UPDATE core_hook SET state = :state, failing = :failing, resumed = :resumed WHERE id = :id;

-- hook_remove(id hook_id) nothing
-- Takes a receiver away; what was said to it is kept as long as all else.
UPDATE core_hook SET state = 'removed', secret = '', former = '' WHERE id = :id;

-- hook_set_failing(id hook_id, failing instant) nothing
-- Whether it fails, and since when.
UPDATE core_hook SET failing = :failing WHERE id = :id;

-- hook_owners(owner party_id) many hook_owner_hit
-- Who is told about a party's receivers: the person, or the owners of the business.
SELECT person FROM core_member WHERE organisation = :owner AND role = 'owner' AND ended = 0
UNION ALL
SELECT person FROM core_login WHERE person = :owner;

-- hook_message_last(hook hook_id) one hook_message_hit
-- The newest message to a receiver.
SELECT id FROM core_hook_message WHERE hook = :hook ORDER BY id DESC LIMIT 1;

-- hook_message_insert takes hook_message_new nothing
-- Keeps a message.
INSERT INTO core_hook_message (id, hook, kind, subject, body, state, due, since, at)
VALUES (:id, :hook, :kind, :subject, :body, 'waiting', :due, :since, :at);

-- hook_message_ahead(hook hook_id, subject integer, before hook_message_id) one hook_message_hit
-- A message about the same thing that must go first.
SELECT id FROM core_hook_message
WHERE hook = :hook AND subject = :subject AND state = 'waiting' AND late = 0 AND id < :before
ORDER BY id LIMIT 1;

-- hook_message_behind(hook hook_id, subject integer) one hook_message_hit
-- The first message that stays behind others about the same thing.
SELECT id FROM core_hook_message
WHERE hook = :hook AND subject = :subject AND state = 'waiting' AND due = 0
ORDER BY id LIMIT 1;

-- hook_message_due(id hook_message_id, due instant) nothing
-- It is its turn.
UPDATE core_hook_message SET due = :due WHERE id = :id;

-- hooks_waiting(after hook_id) one hook_hit
-- The next receiver for which a message waits.
SELECT hook AS id FROM core_hook_message WHERE state = 'waiting' AND hook > :after
ORDER BY hook LIMIT 1;

-- hook_messages_due(hook hook_id, at instant) one hook_message_hit
-- A message that could go now.
SELECT id FROM core_hook_message
WHERE state = 'waiting' AND hook = :hook AND due > 0 AND due <= :at AND lease <= :at
ORDER BY due LIMIT 1;

-- hook_candidates(hook hook_id, at instant) many hook_candidate
-- Messages that could go now, the first due first.
SELECT id, subject FROM core_hook_message
WHERE state = 'waiting' AND hook = :hook AND due > 0 AND due <= :at AND lease <= :at
ORDER BY due, id LIMIT 50;

-- hook_claim(id hook_message_id, lease instant) one hook_sending
-- Takes a message for as long as the lease.
UPDATE core_hook_message SET lease = :lease WHERE id = :id RETURNING id, body;

-- hook_message_by_id(id hook_message_id) one hook_message_row
-- One message.
SELECT id, hook, kind, subject, body, state, due, lease, since, late, tries, attempts, outcome, status, at
FROM core_hook_message WHERE id = :id;

-- hook_message_settle takes hook_settled nothing
-- What came of an attempt.
UPDATE core_hook_message SET state = :state, due = :due, lease = 0, late = :late, tries = :tries,
    attempts = :attempts, outcome = :outcome, status = :status
WHERE id = :id;

-- hook_attempt_insert takes hook_attempt_row nothing
-- Notes an attempt.
INSERT INTO core_hook_attempt (message, number, at, outcome, status, took, answer)
VALUES (:message, :number, :at, :outcome, :status, :took, :answer);

-- hook_wake(hook hook_id, at instant) many hook_message_hit
-- The receiver is back: what waits for a later try is tried now.
UPDATE core_hook_message SET due = :at
WHERE id IN (SELECT id FROM core_hook_message
             WHERE state = 'waiting' AND hook = :hook AND due > :at ORDER BY due LIMIT 500)
RETURNING id;

-- hook_message_again(id hook_message_id, due instant, since instant) one hook_message_hit
-- A message that is through, or was given up, is posted again.
UPDATE core_hook_message SET state = 'waiting', due = :due, since = :since, late = 0, tries = 0
WHERE id = :id AND state <> 'waiting' RETURNING id;

-- hook_messages_since(hook hook_id, after hook_message_id) many hook_message_hit
-- Messages that are through or were given up, oldest first.
SELECT id FROM core_hook_message
WHERE hook = :hook AND id > :after AND state <> 'waiting' ORDER BY id LIMIT 100;

-- hook_messages_failed_since(hook hook_id, after hook_message_id) many hook_message_hit
-- Messages that were given up, oldest first.
SELECT id FROM core_hook_message
WHERE hook = :hook AND state = 'failed' AND id > :after ORDER BY id LIMIT 100;

-- hook_messages_of(hook hook_id, before hook_message_id, most integer) many hook_message_row
-- Messages to a receiver, newest first.
SELECT id, hook, kind, subject, '' AS body, state, due, lease, since, late, tries, attempts, outcome, status, at
FROM core_hook_message WHERE hook = :hook AND id < :before ORDER BY id DESC LIMIT :most;

-- hook_messages_in_state(hook hook_id, state hook_message_state, before hook_message_id, most integer) many hook_message_row
-- Those in one state, newest first.
SELECT id, hook, kind, subject, '' AS body, state, due, lease, since, late, tries, attempts, outcome, status, at
FROM core_hook_message WHERE hook = :hook AND state = :state AND id < :before ORDER BY id DESC LIMIT :most;

-- hook_attempts_of(message hook_message_id, before integer) many hook_attempt_row
-- Attempts to deliver a message, newest first.
SELECT message, number, at, outcome, status, took, answer FROM core_hook_attempt
WHERE message = :message AND number < :before ORDER BY number DESC LIMIT 51;

-- hook_messages_old(before hook_message_id) one hook_message_hit
-- A message that is older than they are kept.
SELECT id FROM core_hook_message WHERE id < :before ORDER BY id LIMIT 1;

-- hook_attempts_clear(before hook_message_id) many hook_message_hit
-- Attempts of messages that are older than they are kept, some at a time.
DELETE FROM core_hook_attempt WHERE (message, number) IN
    (SELECT message, number FROM core_hook_attempt WHERE message < :before ORDER BY message, number LIMIT 400)
RETURNING message AS id;

-- hook_messages_clear(before hook_message_id) many hook_cleared
-- Messages that are older than they are kept, some at a time, once their attempts are gone.
DELETE FROM core_hook_message WHERE id IN
    (SELECT id FROM core_hook_message WHERE id < :before ORDER BY id LIMIT 400)
RETURNING id, hook, subject, state;
