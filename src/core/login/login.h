/*
 * How people come in: signing up, signing in, who asks, shutting out.
 *
 * Passwords are Argon2id (libsodium, interactive limits), hashed in one bounded lane outside any write.
 * Read next: core/login/session.h, core/login/factor.h, core/login/passkey.h.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_LOGIN_H
#define CONTRAFLOW_CORE_LOGIN_LOGIN_H

#include "core/people/party.h"

extern const struct problem party_mail_taken;     /* 409 */
extern const struct problem party_wrong_password; /* 401: mail or password */
extern const struct problem party_wait;           /* 429: too many wrong passwords; a while */
extern const struct problem party_suspended; /* 403: the password is right, the person shut out */
extern const struct problem
    party_weak_password; /* 422: fewer than 10 characters, or like the mail */

/* Where a session comes from, as far as its request tells; for its person to recognise it by. */
struct session_origin {
    struct text browser; /* "Firefox, Linux"; empty: unknown */
    struct text address; /* of the client; empty: unknown */
};

/* What a right password gives, and what &party_wait says. */
struct signing_in {
    struct text secret;        /* of a session, or of its half */
    bool half;                 /* a code is asked for too: factor_sign_in() */
    struct instant wait_until; /* of &party_wait: no password is looked at before */
    struct party_id known;     /* of &party_wait: whose it is, when they signed in from there before */
    bool passes;               /* said by the caller: from there no wait, since few attempts come from it */
};

/* A new person who can sign in, with an address that is known to be theirs; `password` is plain and may be
 * empty (sign-in then needs a link). Hashes outside the write. */
const struct problem *login_sign_up(struct store *store, struct memory *memory, struct text name,
                                    struct text mail, struct text password, enum language language,
                                    bool operator_, struct instant at, struct party_id *out);
/* Checks the password, slows down after five wrong ones (2 s, doubling, an hour at most; anew after a day
 * without any), and gives a session secret that lasts 30 days, or where a code is asked for too, half of one. An
 * address that is nobody's is answered as any other. `out->passes` skips the wait where the person has
 * signed in from before. */
const struct problem *login_sign_in(struct store *store, struct database *db, struct memory *memory,
                                    struct text mail, struct text password,
                                    const struct session_origin *from, struct instant at,
                                    struct signing_in *out);
/* A session without a password: after a link, in tests and in the demo world's builder. */
const struct problem *login_session(struct store *store, struct memory *memory,
                                    struct party_id person, struct instant at, struct text *secret);
/* The server's viewer_load. */
const struct problem *login_viewer(struct request *request, struct text secret, struct viewer *out);

/* The server's retry_after: of &password_lane_full when its turn comes. */
int64_t login_retry_after(const struct problem *problem);

/* Shuts a party out (their sessions end at once) or lets it in again; nobody does it to themselves. */
const struct problem *login_suspend(struct store *store, struct memory *memory,
                                    struct party_id party, bool suspended, struct party_id by,
                                    struct instant at);

#endif
