/*
 * Threads: what was said about something, by whom and for whom.
 *
 * Any subject with an id has one. Who may read and speak is the caller's to check. Who says something is a
 * person, for themselves or for an organisation, or a guest of whom nothing is known but a name.
 */
#ifndef CONTRAFLOW_CORE_THREAD_H
#define CONTRAFLOW_CORE_THREAD_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"

struct message_id { /* shape id msg: Something that was said */
    int64_t value;
};

struct thread_message {            /* shape: Something that was said */
    struct message_id id;          /* Names it */
    struct party_id author;        /* The person; 0: a guest */
    struct text author_name;       /* How they are called; of a guest maybe empty */
    struct party_id organisation;  /* Spoken for; 0: themselves */
    struct text organisation_name; /* Its name; empty when they spoke for themselves */
    struct text body;              /* The words */
    struct instant at;             /* When */
};
LIST_OF(thread_message);

/* Says something. Inside a write; the event "core.message.said" tells of it. */
const struct problem *thread_say(struct database *db, struct memory *memory, int64_t subject,
                                 struct party_id author, struct party_id organisation,
                                 struct text body, struct instant at, struct message_id *out);
/* The same by a guest; `name` may be empty. */
const struct problem *thread_say_guest(struct database *db, struct memory *memory, int64_t subject,
                                       struct text name, struct text body, struct instant at,
                                       struct message_id *out);
/* The newest 500 messages before `before` (0: from the newest), oldest first. */
const struct problem *thread_list(struct database *db, struct memory *memory, int64_t subject,
                                  struct message_id before, struct thread_message_list *out);

#endif
