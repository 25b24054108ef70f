/*
 * The second factor: a code of an authenticator app (core/login/otp.h) beside the password, and ten
 * recovery codes for who has lost the app.
 *
 * The secret lies sealed under the installation's key; recovery codes lie hashed. Each code is good
 * once. After five wrong ones it slows down as with passwords, counted by itself, so that a right
 * password in between gives no new tries.
 * Read next: core/login/factor.c, docs/decisions/0015-second-factor.md.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_FACTOR_H
#define CONTRAFLOW_CORE_LOGIN_FACTOR_H

#include "core/login/otp.h"
#include "core/login/login.h"

enum { RECOVERY_CODES = 10 };

struct recovery_code { /* shape: A code that works once in place of the app's */
    struct text code;  /* Sixteen letters and digits in fours */
};
LIST_OF(recovery_code);

struct factor_state {
    struct instant since; /* on since; 0: not on */
    int64_t unused;       /* recovery codes that are left */
};

extern const struct problem party_wrong_code; /* 422: wrong, used already, or too old */
extern const struct problem party_code_wait;  /* 429: too many wrong codes; a while */
extern const struct problem party_half_over;  /* 410: the password must be given again */
extern const struct problem party_factor_on;  /* 409: it is on already */
extern const struct problem party_factor_off; /* 409: it is not on, or was not begun */

/* Once, at start: where the installation's key lies. */
const struct problem *factor_start(struct memory *process, struct text data);

const struct problem *factor_look(struct database *db, struct memory *memory,
                                  struct party_id person, struct factor_state *out);
/* Makes a secret, in place of one that was not confirmed; &party_factor_on. */
const struct problem *factor_begin(struct store *store, struct memory *memory,
                                   struct party_id person);
/* The secret that waits to be confirmed; &party_factor_off. */
const struct problem *factor_setup(struct database *db, struct memory *memory,
                                   struct party_id person, unsigned char secret[OTP_SECRET]);
/* The first code: turns it on, says so by mail and gives the recovery codes. */
const struct problem *factor_confirm(struct store *store, struct memory *memory,
                                     struct party_id person, struct text code, struct instant at,
                                     struct recovery_code_list *out);
/* Uses up a code of somebody who is signed in. */
const struct problem *factor_check(struct store *store, struct memory *memory,
                                   struct party_id person, struct text code, struct instant at);
/* Other recovery codes, which a mail tells of; those of before are no longer good. */
const struct problem *factor_renew(struct store *store, struct memory *memory,
                                   struct party_id person, struct instant at,
                                   struct recovery_code_list *out);
/* Uses up a code, turns it off and says so by mail. Other sessions end. */
const struct problem *factor_end(struct store *store, struct memory *memory, struct party_id person,
                                 struct text code, struct text keep, struct instant at);

/* For who has lost the app, the codes and every passkey: an operator takes them off. All sessions end, and a
 * mail says so with the reason. &not_allowed for oneself, &not_found when there is no such person. */
const struct problem *factor_reset(struct store *store, struct memory *memory,
                                   struct party_id person, struct party_id operator_,
                                   struct text reason, struct instant at);

/* Whether a secret is half a session that is still good; &party_half_over. */
const struct problem *factor_half(struct database *db, struct memory *memory, struct text half,
                                  struct instant at);
/* The code to half a session makes it a whole one with a secret of its own. `recovered`: it was a
 * recovery code. */
const struct problem *factor_sign_in(struct store *store, struct database *db,
                                     struct memory *memory, struct text half, struct text code,
                                     const struct session_origin *from, struct instant at,
                                     struct text *secret, bool *recovered);

#endif
