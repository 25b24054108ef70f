/*
 * Parties: people and organisations, how they sign in, who belongs where.
 *
 * Everybody is a consumer; a membership makes somebody also part of a business; an operator works for
 * the intermediary. Passwords are Argon2id (libsodium, interactive limits), hashed in one bounded lane
 * outside any write.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_PARTY_H
#define CONTRAFLOW_CORE_PEOPLE_PARTY_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"
#include "web/request.h"

enum party_kind {                     /* shape: What a party is */
                  PARTY_PERSON = 1,   /* person: A human being */
                  PARTY_ORGANISATION, /* organisation: A company, a club, an office */
};

struct party_row {            /* shape: A party as stored */
    struct party_id id;       /* Names it */
    enum party_kind kind;     /* What it is */
    struct text name;         /* As they want to be called */
    struct text place;        /* Town or country */
    struct text about;        /* A few sentences */
    struct text website;      /* https address; empty when none */
    struct instant joined;    /* Since */
    struct instant suspended; /* Shut out since; 0: not */
};
LIST_OF(party_row);

extern const struct problem party_mail_taken;     /* 409 */
extern const struct problem party_wrong_password; /* 401: mail or password */
extern const struct problem party_wait;           /* 429: too many wrong passwords; a while */
extern const struct problem party_suspended;  /* 403: the password is right, the person shut out */
extern const struct problem party_link_over;  /* 410: used, too old, or never was */
extern const struct problem party_last_owner; /* 409: an organisation needs one owner */
extern const struct problem
    party_weak_password; /* 422: fewer than 10 characters, or like the mail */

/* Where a session comes from, as far as its request tells; for its person to recognise it by. */
struct session_origin {
    struct text browser; /* "Firefox, Linux"; empty: unknown */
    struct text address; /* of the client; empty: unknown */
};

/* What a right password gives. */
struct signing_in {
    struct text secret; /* of a session, or of its half */
    bool half;          /* a code is asked for too: factor_sign_in() */
};

/* A new person who can sign in, with an address that is known to be theirs; `password` is plain and may be
 * empty (sign-in then needs a link). Hashes outside the write. */
const struct problem *party_sign_up(struct store *store, struct memory *memory, struct text name,
                                    struct text mail, struct text password, enum language language,
                                    bool operator_, struct instant at, struct party_id *out);
/* A new organisation owned by `owner`. */
const struct problem *party_found(struct store *store, struct memory *memory, struct text name,
                                  struct text place, struct party_id owner, struct instant at,
                                  struct party_id *out);
/* Adds or changes a member; MEMBER 0 ends the membership. */
const struct problem *party_member(struct store *store, struct memory *memory,
                                   struct party_id organisation, struct party_id person,
                                   enum member_role role, struct instant at);
/* Checks the password, slows down after five wrong ones (2 s, doubling, an hour at most), and gives a
 * session secret that lasts 30 days, or where a code is asked for too, half of one. */
const struct problem *party_sign_in(struct store *store, struct database *db, struct memory *memory,
                                    struct text mail, struct text password,
                                    const struct session_origin *from, struct instant at,
                                    struct signing_in *out);
/* A session without a password: after a link, in tests and in the demo world's builder. */
const struct problem *party_session(struct store *store, struct memory *memory,
                                    struct party_id person, struct instant at, struct text *secret);
/* The server's viewer_load. */
const struct problem *party_viewer(struct request *request, struct text secret, struct viewer *out);

/* What a party says about itself, anew. */
const struct problem *party_describe(struct store *store, struct memory *memory,
                                     struct party_id party, struct text name, struct text place,
                                     struct text about, struct text website);

/* Shuts a party out (their sessions end at once) or lets it in again; nobody does it to themselves. */
const struct problem *party_suspend(struct store *store, struct memory *memory,
                                    struct party_id party, bool suspended, struct party_id by,
                                    struct instant at);

const struct problem *party_find(struct database *db, struct memory *memory, struct party_id id,
                                 struct party_row *out);
const struct problem *party_by_mail(struct database *db, struct memory *memory, struct text mail,
                                    struct party_row *out);

#endif
