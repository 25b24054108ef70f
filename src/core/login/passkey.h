/*
 * Passkeys of people: what a browser is asked to sign, new ones, signing in and proving by one.
 *
 * A challenge is 32 random bytes, good once, for five minutes and in the browser that asked. It is used
 * up before its answer is looked at. The signature is checked outside of any write; what it may do, and
 * whether the passkey's counter went on, is looked at inside of one.
 * Read next: core/login/passkey.c, core/login/webauthn.h.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_PASSKEY_H
#define CONTRAFLOW_CORE_LOGIN_PASSKEY_H

#include "core/login/login.h"
#include "core/login/webauthn.h"

#define CHALLENGE_LIFE (5 * MINUTE)
enum { PASSKEYS_MAX = 20 /* of one person */ };

struct passkey_id { /* shape id pky: A passkey */
    int64_t value;
};

enum challenge_purpose {                        /* shape: What a passkey's signature is for */
                         CHALLENGE_SIGN_IN = 1, /* sign_in: To sign in */
                         CHALLENGE_SIGN_UP,     /* sign_up: To sign up */
                         CHALLENGE_ADD,         /* add: To have one more */
                         CHALLENGE_PROVE,       /* prove: To prove again who one is */
};

struct passkey_line {       /* shape: A passkey in its person's list */
    struct passkey_id id;   /* Names it */
    struct text name;       /* As its person calls it */
    struct instant made;    /* When */
    struct instant used;    /* Last used; 0: not yet */
    struct text credential; /* Its authenticator's name for it, base64url */
};
LIST_OF(passkey_line);

/* Who asks, wherefrom and when. */
struct passkey_asker {
    struct webauthn_site site; /* this site */
    struct text browser;       /* a secret of the browser's; may be empty for a program */
    struct instant at;         /* now */
};

/* What an authenticator answered, as the browser gave it: base64url but for the last. */
struct passkey_answer {
    struct text credential; /* which passkey; empty of a new one */
    struct text said;       /* what the browser says it was asked */
    struct text data;       /* the authenticator's */
    struct text signature;  /* of both; empty of a new one */
    struct text owner;      /* the user handle, which is their party's id; empty: it wasn't told */
};

extern const struct problem
    party_passkey_over; /* 410: asked long ago, answered already, or elsewhere */
extern const struct problem party_passkey_unknown;    /* 401: no such passkey here */
extern const struct problem party_passkey_copied;     /* 403: its counter went back */
extern const struct problem party_passkey_unverified; /* 422: it doesn't know who holds it */
extern const struct problem party_passkey_known;      /* 409: it is somebody's already */
extern const struct problem party_passkey_many;       /* 409: PASSKEYS_MAX */
extern const struct problem party_passkey_last;       /* 409: no other way in would be left */
extern const struct problem party_passkey_nowhere;    /* 409: this address can have none */

/* What to have signed, by whom (0: whoever it is). */
const struct problem *passkey_ask(struct store *store, struct memory *memory,
                                  const struct passkey_asker *asker, enum challenge_purpose purpose,
                                  struct party_id person, struct text *challenge);

const struct problem *passkey_list(struct database *db, struct memory *memory,
                                   struct party_id person, struct passkey_line_list *out);

/* Checks the answer of a new passkey and uses up its challenge. *person: for whom it was asked. */
const struct problem *passkey_made(struct store *store, struct memory *memory,
                                   const struct passkey_asker *asker,
                                   enum challenge_purpose purpose,
                                   const struct passkey_answer *answer, struct webauthn_made *made,
                                   struct party_id *person);
/* Inside a write: keeps it; &party_passkey_known, &party_passkey_many. */
const struct problem *passkey_keep(struct database *db, struct memory *memory,
                                   struct party_id person, const struct webauthn_made *made,
                                   struct text name, struct instant at);
/* Both for a person who is signed in, and says so by mail. */
const struct problem *passkey_add(struct store *store, struct memory *memory,
                                  const struct passkey_asker *asker, struct party_id person,
                                  const struct passkey_answer *answer, struct text name);
/* Calls one of theirs otherwise; &not_found. */
const struct problem *passkey_call(struct store *store, struct memory *memory,
                                   struct party_id person, struct passkey_id passkey,
                                   struct text name);
/* Removes one and says so by mail; &not_found, &party_passkey_last. */
const struct problem *passkey_remove(struct store *store, struct memory *memory,
                                     struct party_id person, struct passkey_id passkey,
                                     struct instant at);

/* Signs in who has it: a whole session, also for who is asked for a code otherwise, when the authenticator
 * knows its person; else as a right password. */
const struct problem *passkey_sign_in(struct store *store, struct database *db,
                                      struct memory *memory, const struct passkey_asker *asker,
                                      const struct passkey_answer *answer,
                                      const struct session_origin *from, struct signing_in *out);
/* A proof by a person's own passkey whose authenticator knows them. */
const struct problem *passkey_prove(struct store *store, struct database *db, struct memory *memory,
                                    const struct passkey_asker *asker, struct party_id person,
                                    const struct passkey_answer *answer, struct text session);

#endif
