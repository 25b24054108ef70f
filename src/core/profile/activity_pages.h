/*
 * What members of a business did that its owners should know of: keys, apps, webhooks, members, rules,
 * exports, with before and after.
 *
 * Read next: core/act.h, core/desk/team_pages.h for what operators did.
 */
#ifndef CONTRAFLOW_CORE_PROFILE_ACTIVITY_PAGES_H
#define CONTRAFLOW_CORE_PROFILE_ACTIVITY_PAGES_H

#include "core/act.h"
#include "core/people/party.h"

struct activity_row {       /* shape: A privileged act, with names */
    struct act_id id;       /* Names it */
    enum act_topic topic;   /* What about */
    struct party_id actor;  /* Who */
    struct text actor_name; /* How they are called */
    struct text name;       /* Dotted */
    int64_t subject;        /* What it was done to */
    struct text was;        /* As it was */
    struct text became;     /* As it is now */
    struct text note;       /* How it was called */
    struct instant at;      /* When */
};
LIST_OF(activity_row);
struct activity_person {    /* shape: Somebody who belongs to a business or did */
    struct party_id person; /* Names them */
    struct text name;       /* How they are called */
};
LIST_OF(activity_person);

struct activity_query {         /* shape: Which acts to list */
    struct maybe_text person;   /* ..40: Only this person's, by their id; empty: everybody's */
    struct maybe_text topic;    /* ..20: Only those about this; empty: about anything */
    struct maybe_act_id before; /* Older than this one */
};
struct activity_line {       /* shape: What a member did */
    struct act_id act;       /* Names it */
    enum act_topic topic;    /* What about */
    struct party_id person;  /* Who */
    struct text person_name; /* How they are called */
    struct text name;        /* Dotted: "core.key.made" */
    struct text said;        /* The same in the reader's language */
    struct text subject;     /* What it was done to, as its id */
    struct text was;         /* As it was, a line each; empty: nothing was, or it is not kept */
    struct text became;      /* As it is since; the same */
    struct text note;        /* How it was called, or who was meant; may be empty */
    struct instant at;       /* When */
};
LIST_OF(activity_line);
struct activity_topic {   /* shape: What acts can be about */
    enum act_topic topic; /* It */
};
LIST_OF(activity_topic);
struct activity_view {                  /* shape: What members of a business did, newest first */
    struct activity_line_list acts;     /* At most 50 */
    struct activity_person_list people; /* ..200: Whose acts can be asked for */
    struct activity_topic_list topics;  /* What they can be about */
    struct text person;                 /* The one asked for; empty: everybody */
    struct text topic;                  /* The one asked for; empty: all */
    bool narrowed;                      /* Some were asked for */
    struct maybe_text later;            /* url: Older ones */
};
const struct problem *core_activity(struct request *request, const struct activity_query *query,
                                    struct activity_view *view);

#endif
