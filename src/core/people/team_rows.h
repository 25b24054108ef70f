/*
 * Rows of team.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_TEAM_ROWS_H
#define CONTRAFLOW_CORE_PEOPLE_TEAM_ROWS_H

#include "core/act.h"
#include "core/people/team.h"

struct desk_row {  /* shape: What somebody sees to at the desk */
    bool operator; /* Works for the intermediary */
    int64_t desk;  /* DESK_BITs, added up */
};
struct operator_count { /* shape: How many operators there are of a kind */
    int64_t number;     /* Of them */
};
struct act_row {            /* shape: What an operator did, with names */
    struct act_id id;       /* Names it */
    struct party_id actor;  /* Who; 0: at the command line */
    struct text actor_name; /* How they are called; empty for nobody */
    struct text name;       /* Dotted */
    int64_t subject;        /* What it was done to */
    struct text was;        /* As it was */
    struct text became;     /* As it is now */
    struct text note;       /* What they said */
    struct instant at;      /* When */
};
LIST_OF(act_row);

#endif
