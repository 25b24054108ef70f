-- oidc_attempt_insert takes oidc_attempt nothing
-- A browser that is sent to a provider.
INSERT INTO core_oidc_attempt (state, browser, issuer, purpose, person, next, resume, begun, until)
VALUES (:state, :browser, :issuer, :purpose, :person, :next, :resume, :begun, :until);

-- oidc_attempt_take(state text) one oidc_attempt
-- Uses one up, whatever comes of it; no row means that it was used or never was.
DELETE FROM core_oidc_attempt WHERE state = :state
RETURNING state, browser, issuer, purpose, person, next, resume, begun, until;

-- oidc_attempts_clear(at instant) nothing
-- Removes some of those that are over.
DELETE FROM core_oidc_attempt
WHERE state IN (SELECT state FROM core_oidc_attempt WHERE until <= :at ORDER BY until LIMIT 500);
