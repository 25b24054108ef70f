/*
 * Alerts: mails that tell a person of a change that matters to the safety of their account, and what to
 * do if it was not them.
 *
 * One frame for all; what happened stands in the words "alert.WHAT.subject" and "alert.WHAT.what", what
 * to do in "alert.WHAT.advice" or, where there is none, "alert.advice".
 * Read next: core/people/text/en.txt.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_ALERT_H
#define CONTRAFLOW_CORE_LOGIN_ALERT_H

#include "core/login/login.h"
#include "web/words.h"

enum { ALERT_ARGUMENTS = 4 };

/* Queues the mail in the person's language. Inside a write. The arguments, at most ALERT_ARGUMENTS, are for
 * the words of this alert; {site} is the address of this site in all of them. */
const struct problem *alert_send(struct database *db, struct memory *memory, struct party_id person,
                                 const char *what, const struct word_argument *arguments,
                                 size_t count, struct instant at);
/* The same to another address than the one they sign in with. */
const struct problem *alert_send_to(struct database *db, struct memory *memory,
                                    struct party_id person, struct text address, const char *what,
                                    const struct word_argument *arguments, size_t count,
                                    struct instant at);

#endif
