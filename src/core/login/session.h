/*
 * Sessions and mailed links, as the pages use them beyond core/login/login.h.
 *
 * Every function that takes a secret hashes it; no secret is ever stored or logged.
 * Read next: core/login/session.c, core/login/reset.c.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_SESSION_H
#define CONTRAFLOW_CORE_LOGIN_SESSION_H

#include "core/login/login.h"

struct session_id { /* shape id ses: A browser or program that is signed in */
    int64_t value;
};

struct session_row {      /* shape: A browser or program that is signed in */
    struct session_id id; /* Names it */
    struct instant begun; /* Signed in */
    struct instant used;  /* Hour in which it was last used */
    struct text browser;  /* As "Firefox, Linux"; empty: unknown */
    struct text address;  /* Where it last came from; empty: unknown */
    bool here;            /* It is the one that asks */
};
LIST_OF(session_row);

/* Compares with a signed-in person's password, with the same slow-down as signing in.
 * &party_wrong_password, &party_wait. Who has no password yet passes. */
const struct problem *session_check_password(struct store *store, struct database *db,
                                             struct memory *memory, struct party_id person,
                                             struct text password, struct instant at);

/* One or two capital letters for the round mark: of the first and the last word of the name. */
const struct problem *session_initials(struct memory *memory, struct text name, struct text *out);

extern const struct problem party_no_password; /* 409: there is none to ask for */

/* The person of the session has proved at that moment who they are: routes with .proof are open to it
 * for PROOF_LIFE (web/access.h). A new session begins proven. */
const struct problem *session_prove(struct store *store, struct memory *memory, struct text secret,
                                    struct instant at);

/* Ends one of a person's sessions, or all but the one with that secret. &not_found: they have no such
 * session. */
const struct problem *session_end_one(struct store *store, struct memory *memory,
                                      struct party_id person, struct session_id session);
const struct problem *session_end_others(struct store *store, struct memory *memory,
                                         struct party_id person, struct text keep);

/* Ends the session that has this secret. */
const struct problem *session_sign_out(struct store *store, struct memory *memory,
                                       struct text secret);
/* From now on the session acts for an organisation; &not_found when its person is no member. */
const struct problem *session_act(struct store *store, struct memory *memory, struct text secret,
                                  struct party_id organisation);

/* The event, about a person, when who reads a mail address took the account by a link from somebody who may
 * be another: a password for an address that was never confirmed, a change of address undone. Whatever
 * lets programs in ends. */
#define LOGIN_CLAIMED "core.login.claimed"

/* Mails a link for a new password to the owner of an address: good for an hour, once; an earlier one
 * is over. Nothing happens, and nothing tells, when nobody has the address or is suspended.
 * `site` is the address of this installation, without a slash at its end. */
const struct problem *reset_ask(struct store *store, struct memory *memory, struct text mail,
                                struct text site, struct instant at);
/* Whose password a link sets; &party_link_over. */
const struct problem *reset_find(struct database *db, struct memory *memory, struct text secret,
                                 struct instant at, struct text *name);
/* Sets it and signs the person out everywhere; gives a new session, or half of one. &party_weak_password,
 * &party_link_over. */
const struct problem *reset_set(struct store *store, struct database *db, struct memory *memory,
                                struct text secret, struct text password,
                                const struct session_origin *from, struct instant at,
                                struct signing_in *out);
/* Another password for a person who is signed in: every session but `keep` (a secret) ends. */
const struct problem *reset_change(struct store *store, struct database *db, struct memory *memory,
                                   struct party_id person, struct text password, struct text keep,
                                   struct instant at);

#endif
