/*
 * Pages about the operators and what they did.
 *
 * Read next: core/people/team.h, core/act.h.
 */
#ifndef CONTRAFLOW_CORE_DESK_TEAM_PAGES_H
#define CONTRAFLOW_CORE_DESK_TEAM_PAGES_H

#include "core/act.h"
#include "core/people/party.h"
#include "web/request.h"

struct team_line {          /* shape: An operator in the list */
    struct party_id person; /* Names them */
    struct text name;       /* How they are called */
    struct text mail;       /* How they sign in */
    bool own;               /* The one who reads this */
    bool moderation;        /* Judges what people hand in */
    bool support;           /* Helps people */
    bool finance;           /* Sees to money */
    bool admin;             /* Sees to everything */
    bool factor;            /* Signs in with a code, too */
    struct text version;    /* To be sent back with a change of what they see to */
};
LIST_OF(team_line);
struct team_view {                   /* shape: The operators */
    struct team_line_list operators; /* By name, at most 200 */
    bool alone;                      /* Nobody else sees to money: nobody looks at payouts twice */
};
struct team_form {                /* shape: What an operator sees to */
    struct party_id person;       /* Who */
    struct maybe_flag moderation; /* Judges what people hand in */
    struct maybe_flag support;    /* Helps people */
    struct maybe_flag finance;    /* Sees to money */
    struct maybe_flag admin;      /* Sees to everything */
    struct maybe_text version;    /* ..40: What they saw to when it was read */
};
struct team_add_form {            /* shape: Making somebody an operator */
    struct text mail;             /* ..254, mail: How they sign in */
    struct maybe_flag moderation; /* Judges what people hand in */
    struct maybe_flag support;    /* Helps people */
    struct maybe_flag finance;    /* Sees to money */
    struct maybe_flag admin;      /* Sees to everything */
};

const struct problem *core_team_page(struct request *request, const struct nothing *query,
                                     struct team_view *view);
const struct problem *core_team_add(struct request *request, const struct team_add_form *form,
                                    struct nothing *view);
const struct problem *core_team_set(struct request *request, const struct team_form *form,
                                    struct nothing *view);

struct acts_query {              /* shape: Which acts to list */
    struct maybe_party_id actor; /* Only this operator's */
    struct maybe_act_id before;  /* Older than this one */
};
struct act_line {           /* shape: What an operator did */
    struct act_id act;      /* Names it */
    struct party_id actor;  /* Who */
    struct text actor_name; /* How they are called; empty: at the command line */
    struct text name;       /* Dotted: "core.payout.approve" */
    struct text subject;    /* What it was done to, as its id */
    struct text was;        /* As it was; empty: nothing was */
    struct text became;     /* As it is now */
    struct text note;       /* What they said about it */
    struct instant at;      /* When */
};
LIST_OF(act_line);
struct acts_view {             /* shape: What operators did, newest first */
    struct act_line_list acts; /* At most 50 */
    struct maybe_text later;   /* url: Older ones */
};
const struct problem *core_acts_page(struct request *request, const struct acts_query *query,
                                     struct acts_view *view);

#endif
