/*
 * Passwords: hashing and checking, in a lane that takes two at a time.
 *
 * Argon2id takes 64 MiB and a tenth of a second by design; a crowd at the door must neither eat the
 * memory nor occupy every worker, nor slow down who loads a page. Who finds too many waiting is sent away with
 * &password_lane_full, to come back in password_lane_seconds().
 * Read next: core/login/session.c.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_PASSWORD_H
#define CONTRAFLOW_CORE_LOGIN_PASSWORD_H

#include "base/text.h"

extern const struct problem password_lane_full; /* 503, retry: too many are signing in just now */
/* In how many seconds, 1 to 120, somebody who was sent away is to come back. Each call gives the next turn. */
int64_t password_lane_seconds(void);

/* The libsodium string (Argon2id, interactive limits) of a plain password. Blocks up to some
 * seconds, so never inside a write. */
const struct problem *password_hash(struct memory *memory, struct text plain, struct text *out);

/* Compares with a hash. An empty hash is right for no password and costs the same time, so that
 * nobody learns from the clock whether there was one to compare with. */
const struct problem *password_check(struct memory *memory, struct text hash, struct text plain,
                                     bool *right);

#endif
