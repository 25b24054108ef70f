/*
 * Everyone who signs in, with what they may do: for the command line.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_USERS_H
#define CONTRAFLOW_CORE_PEOPLE_USERS_H

#include "core/people/party.h"

struct user_row {             /* shape: A login as stored */
    struct party_id person;   /* Names them */
    struct text mail;         /* How they sign in */
    struct text name;         /* How they are called */
    bool operator;            /* Works for the intermediary */
    struct instant suspended; /* Shut out since; 0: not */
};
LIST_OF(user_row);
struct user_membership_row {  /* shape: Where somebody works */
    enum member_role role;    /* As what */
    struct text organisation; /* Where */
};
LIST_OF(user_membership_row);

struct user_line {          /* shape: Somebody who signs in */
    struct party_id person; /* Names them */
    struct text login;      /* Mail address */
    struct text name;       /* How they are called */
    struct text_list
        roles; /* consumer, operator, suspended, or viewer, buyer, owner of an organisation */
};
LIST_OF(user_line);

/* The next `most` after a person's id (0: from the first). */
const struct problem *users_list(struct database *db, struct memory *memory, int64_t after,
                                 int64_t most, struct user_line_list *out);

#endif
