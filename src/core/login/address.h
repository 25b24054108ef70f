/*
 * The mail address that somebody signs in with: confirmed, changed, and given back.
 *
 * A link to the address shows that mail to it reaches the person; only then is another address theirs. A
 * link to the one of before undoes a change for a week, in which nobody else gets that address.
 * Read next: core/login/address.c.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_ADDRESS_H
#define CONTRAFLOW_CORE_LOGIN_ADDRESS_H

#include "core/login/login.h"

extern const struct problem party_unconfirmed; /* 403: the mail address was not confirmed yet */
extern const struct problem party_confirmed;   /* 409: it is confirmed already */
extern const struct problem party_mail_often;  /* 429: three links an hour */
extern const struct problem party_mail_same;   /* 409: it is their address already */

/* What a link is about. */
struct address_told {
    struct text name; /* whose */
    struct text mail; /* the address */
    bool other;       /* it isn't the one they sign in with now */
};

/* For what asks for it: &party_unconfirmed until the person has confirmed their address. */
const struct problem *address_needed(struct database *db, struct memory *memory,
                                     struct party_id person);

/* Inside a write: mails a link to confirm `mail`, good for 48 hours, once; an earlier one is over. `secret`
 * is its secret, made by party_secret_make(). */
const struct problem *address_ask(struct database *db, struct memory *memory,
                                  struct party_id person, struct text mail, struct text secret,
                                  struct instant at);
/* Mails the link to the address of somebody who has not confirmed it; &party_confirmed, &party_mail_often. */
const struct problem *address_again(struct store *store, struct memory *memory,
                                    struct party_id person, struct instant at);
/* Mails a link to another address, which is theirs once they follow it. &party_mail_same,
 * &party_mail_taken, &party_mail_often. */
const struct problem *address_change(struct store *store, struct memory *memory,
                                     struct party_id person, struct text mail, struct instant at);
/* What a link to confirm is about, or one to undo; &party_link_over. */
const struct problem *address_asked(struct database *db, struct memory *memory, struct text secret,
                                    struct instant at, struct address_told *out);
const struct problem *address_changed(struct database *db, struct memory *memory,
                                      struct text secret, struct instant at,
                                      struct address_told *out);
/* Follows the link: the address is confirmed, and theirs. After a change links for a new password are over,
 * and the address of before is told, with a link to undo it; if mail to it never reached the person, it is
 * not. &party_link_over, &party_mail_taken. */
const struct problem *address_confirm(struct store *store, struct memory *memory,
                                      struct text secret, struct instant at);
/* Gives the address of before back to who reads its mail. Whoever had changed it is shut out: sessions,
 * password, passkeys made since and links end, and a mail tells how to set a password. &party_link_over. */
const struct problem *address_undo(struct store *store, struct memory *memory, struct text secret,
                                   struct instant at);

/* Inside a write: who reads the mail has the account alone. Takes off passkeys and accounts elsewhere that
 * are there since then, and lets keys and apps end by LOGIN_CLAIMED (core/login/session.h). */
const struct problem *address_take_back(struct database *db, struct memory *memory,
                                        struct party_id person, struct instant since,
                                        struct instant at);
/* Inside a write: &party_mail_taken while an address (in lower case) is kept for somebody else. */
const struct problem *address_free(struct database *db, struct memory *memory, struct text mail,
                                   struct party_id person, struct instant at);

#endif
