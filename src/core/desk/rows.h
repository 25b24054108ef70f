/*
 * Rows of desk_queries.sql. Private to desk_pages.c.
 */
#ifndef CONTRAFLOW_CORE_DESK_ROWS_H
#define CONTRAFLOW_CORE_DESK_ROWS_H

#include "core/event.h"
#include "core/job_rows.h"
#include "core/people/party.h"

struct desk_person_row {      /* shape: A party in the desk's list */
    struct party_id id;       /* Names it */
    enum party_kind kind;     /* What it is */
    struct text name;         /* How they are called */
    struct text place;        /* Town or country */
    struct text mail;         /* How they sign in; empty for an organisation */
    bool operator;            /* Works for the intermediary */
    struct instant joined;    /* Since */
    struct instant suspended; /* Shut out since; 0: not */
};
LIST_OF(desk_person_row);

struct event_failed_row {  /* shape: An event that a follower could not take */
    struct text consumer;  /* The follower */
    struct event_id event; /* Names the event */
    struct text name;      /* What happened */
    struct text problem;   /* Why it was set aside */
    struct instant at;     /* When it happened */
};
LIST_OF(event_failed_row);
struct event_failed_hit {  /* shape: The set-aside event that a change found */
    struct event_id event; /* Names it */
};
struct failed_counts { /* shape: How much waits for somebody to look at */
    int64_t jobs;      /* Failed jobs, a hundred at most */
    int64_t events;    /* Set-aside events, a hundred at most */
};

#endif
